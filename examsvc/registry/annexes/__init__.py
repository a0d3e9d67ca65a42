"""附件1–3 of the notice as documents: written, printed and read back; and the packages that carry them out."""

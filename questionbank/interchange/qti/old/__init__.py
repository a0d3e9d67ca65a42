"""QTI 1.2, plain and in the dialects of Canvas, Common Cartridge and Blackboard, read into the bank's model."""

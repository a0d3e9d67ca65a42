"""Signatures under what a page showed: drawn on a pad, or the signer's typed name (WCAG 2.2, 2.5.7)."""

from collections.abc import Mapping
from typing import Any

from examsvc.core.errors import Refusal

MOST_STROKES = 200
MOST_POINTS = 6000
LEAST_POINTS = 3
WIDTH, HEIGHT = 1000, 400


class SignatureNameDiffers(Refusal):
    code = "signature_name_differs"
    status = 422
    detail = "The typed name is not the name of who signs."


def check_name(signature: Mapping[str, Any], name: str) -> None:
    """Raise SignatureNameDiffers when another name than the signer's was typed; spaces do not count."""
    typed = signature.get("typed_name")
    if typed is not None and "".join(typed.split()) != "".join(name.split()):
        raise SignatureNameDiffers

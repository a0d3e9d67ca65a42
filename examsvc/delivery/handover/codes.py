"""Codes of hand-overs: short enough to be typed, 40 bits for the minute and a half that they are valid. Pure."""

import secrets
from datetime import timedelta

VALID_FOR = timedelta(seconds=90)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is easily taken for something else
LENGTH = 8


def new_code() -> str:
    """Return a fresh code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return the code in two groups, as people read it."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def plain(typed: str) -> str:
    """Return the code that somebody typed, without what they put between."""
    return "".join(char for char in typed.upper() if char.isalnum())

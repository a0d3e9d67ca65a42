r"""Mathematics within a text: between \( and \), or \[ and \]; nothing in it is a blank, a bracket or an answer."""

import re
from collections.abc import Callable

_MATHEMATICS = re.compile(r"(\\\(.*?\\\)|\\\[.*?\\\])", re.DOTALL)


def split(text: str) -> list[str]:
    """Return words and formulas in turn, beginning with words; formulas keep their delimiters."""
    return _MATHEMATICS.split(text)


def outside(text: str, change: Callable[[str], str]) -> str:
    """Return the text with its words changed and its formulas as they are."""
    return "".join(part if place % 2 else change(part) for place, part in enumerate(split(text)))


def without(text: str) -> str:
    """Return the text with every formula blackened out, so that places in it stay the same."""
    return _MATHEMATICS.sub(lambda formula: "█" * len(formula[0]), text)

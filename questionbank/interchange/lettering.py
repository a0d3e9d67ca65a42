"""The names of options: a to z, then aa, ab and so on."""

from collections.abc import Iterator
from string import ascii_lowercase


def letter(index: int) -> str:
    """Return the name of the option at this place, counted from 0."""
    rest, last = divmod(index, len(ascii_lowercase))
    return (letter(rest - 1) if rest else "") + ascii_lowercase[last]


def letters(count: int) -> Iterator[str]:
    """Yield the names of so many options."""
    return (letter(index) for index in range(count))

"""Items written into a file. What the format cannot carry is named, item by item; nothing is left out in silence."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from questionbank.interchange.model import Format, Problem, ReadItem, Refused
from questionbank.interchange.moodle import writing as moodle
from questionbank.interchange.texts import aiken, gift_writing

# A writer yields what it could not carry while it writes: a warning when the item is in, an error when it is not.
Writer = Callable[[Iterable[ReadItem], Path], Iterator[Problem]]

WRITERS: dict[Format, Writer] = {
    Format.AIKEN: aiken.write,
    Format.GIFT: gift_writing.write,
    Format.MOODLE_XML: moodle.write,
}


def write(items: Iterable[ReadItem], format: Format, target: Path) -> list[Problem]:  # noqa: A002 - its word
    """Write the items to the path and return what the format could not carry; raises Refused (`format_unwritten`)."""
    writer = WRITERS.get(format)
    if writer is None:
        raise Refused("format_unwritten", f"{format} is not written")
    return list(writer(items, target))

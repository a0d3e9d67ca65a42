"""Items written into a file. What the format cannot carry is named, item by item; nothing is left out in silence."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from questionbank.interchange.model import Format, Problem, ReadItem, Refused
from questionbank.interchange.moodle import writing as moodle
from questionbank.interchange.qti.writing import packages
from questionbank.interchange.sheets import writing as sheets
from questionbank.interchange.texts import aiken, gift_writing
from questionbank.interchange.words import paper

# A writer yields what it could not carry while it writes: a warning when the item is in, an error when it is not.
Writer = Callable[[Iterable[ReadItem], Path], Iterator[Problem]]

WRITERS: dict[Format, Writer] = {
    Format.XLSX: sheets.write_workbook,
    Format.CSV: sheets.write_separated,
    Format.DOCX: paper.write_with_key,
    Format.AIKEN: aiken.write,
    Format.GIFT: gift_writing.write,
    Format.MOODLE_XML: moodle.write,
    Format.QTI21: packages.write_qti21,
    Format.QTI22: packages.write_qti22,
    Format.QTI3: packages.write_qti3,
}


def write(items: Iterable[ReadItem], format: Format, target: Path) -> list[Problem]:  # noqa: A002 - its word
    """Write the items to the path and return what the format could not carry; raises Refused (`format_unwritten`)."""
    writer = WRITERS.get(format)
    if writer is None:
        raise Refused("format_unwritten", f"{format} is not written")
    return list(writer(items, target))

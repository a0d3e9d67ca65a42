"""Items written into a file. What the format cannot carry is named, item by item; nothing is left out in silence."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from pkgutil import resolve_name

from questionbank.interchange.model import Format, Problem, ReadItem, Refused

# A writer yields what it could not carry while it writes: a warning when the item is in, an error when it is not.
Writer = Callable[[Iterable[ReadItem], Path], Iterator[Problem]]

# By name, because most bring a library of their own: only the one that writes is loaded.
WRITERS: dict[Format, str] = {
    Format.XLSX: "sheets.writing:write_workbook",
    Format.CSV: "sheets.writing:write_separated",
    Format.DOCX: "words.paper:write_with_key",
    Format.AIKEN: "texts.aiken:write",
    Format.GIFT: "texts.gift_writing:write",
    Format.MOODLE_XML: "moodle.writing:write",
    Format.QTI21: "qti.writing.packages:write_qti21",
    Format.QTI22: "qti.writing.packages:write_qti22",
    Format.QTI3: "qti.writing.packages:write_qti3",
}


def write(items: Iterable[ReadItem], format: Format, target: Path) -> list[Problem]:  # noqa: A002 - its word
    """Write the items to the path and return what the format could not carry; raises Refused (`format_unwritten`)."""
    if format not in WRITERS:
        raise Refused("format_unwritten", f"{format} is not written")
    writer: Writer = resolve_name(f"{__package__}.{WRITERS[format]}")
    return list(writer(items, target))

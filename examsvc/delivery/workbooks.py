"""Reading enrolment workbooks (.xlsx), which are trusted in nothing."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from examsvc.core.errors import TooLarge
from examsvc.delivery.errors import BadWorkbook

MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED_BYTES = 32 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 30

NAME, NUMBER, EXTRA, DOCUMENT, CONDITION = "姓名", "证件号码", "延长分钟", "证件类型", "申报条件"
HEADINGS = {
    NAME: NAME,
    "name": NAME,
    NUMBER: NUMBER,
    "身份证号": NUMBER,
    "身份证号码": NUMBER,
    "公民身份号码": NUMBER,
    "identity number": NUMBER,
    EXTRA: EXTRA,
    "extra minutes": EXTRA,
    DOCUMENT: DOCUMENT,
    "document type": DOCUMENT,
    CONDITION: CONDITION,
    "考生申报条件": CONDITION,
    "application condition": CONDITION,
}


@dataclass(frozen=True)
class Cell:
    """A cell as it was typed; `kind` is text, number, formula, other or empty."""

    kind: str
    text: str


EMPTY = Cell("empty", "")


@dataclass(frozen=True)
class Line:
    """A row that holds something; `row` as the spreadsheet program numbers it."""

    row: int
    name: Cell
    number: Cell
    extra: Cell
    document: Cell = EMPTY
    condition: Cell = EMPTY


def lines(data: bytes) -> list[Line]:
    """Return the filled rows of the workbook's first sheet; raises TooLarge, BadWorkbook."""
    # openpyxl is loaded by who writes or reads a workbook.
    from openpyxl import load_workbook  # noqa: PLC0415

    _check_archive(data)
    try:
        # Not values only: a formula must be seen to be refused. defusedxml is what openpyxl parses with.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a dimension of one cell, and only that would be read
        return list(_lines(sheet.iter_rows(max_col=MOST_COLUMNS)))
    except BadWorkbook:
        raise
    except Exception as error:  # a broken workbook makes openpyxl raise almost anything
        raise BadWorkbook(fault="unreadable", reason="it is not a whole .xlsx file") from error


def _check_archive(data: bytes) -> None:
    """Refuse what is too large packed or unpacked, before anything of it is unpacked."""
    if len(data) > MOST_BYTES:
        raise TooLarge(limit=MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadWorkbook(fault="unreadable", reason="it is not an .xlsx file") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise BadWorkbook(fault="unpacks_too_large", reason="it unpacks to more than a list of people needs")


def _lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[Line]:
    numbered = enumerate(rows, start=1)
    _, heading = next(numbered, (1, ()))
    places = _places(heading)
    count = 0
    for row, cells in numbered:
        line = Line(row, *(_cell(cells, places.get(name)) for name in (NAME, NUMBER, EXTRA, DOCUMENT, CONDITION)))
        if line.name.kind == line.number.kind == line.extra.kind == "empty":
            continue
        count += 1
        if count > MOST_ROWS:
            raise BadWorkbook(fault="too_many_rows", reason=f"it has more than {MOST_ROWS} rows")
        yield line


def _places(heading: tuple[Any, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = HEADINGS.get(" ".join(str(cell.value or "").split()).strip("* ").casefold())
        if name:
            found.setdefault(name, place)
    if NAME not in found or NUMBER not in found:
        raise BadWorkbook(fault="no_headings", reason=f"its first row has no {NAME} and {NUMBER}")
    return found


def _cell(cells: tuple[Any, ...], place: int | None) -> Cell:
    if place is None or place >= len(cells) or cells[place].value is None:
        return EMPTY
    value, data_type = cells[place].value, cells[place].data_type
    if data_type == "f":
        return Cell("formula", "")
    if isinstance(value, str):
        return Cell("text", value.strip()) if value.strip() else EMPTY
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell("number", f"{value:.15g}") if is_number else Cell("other", "")

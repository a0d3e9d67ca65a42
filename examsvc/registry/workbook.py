"""The public list as a workbook. Every cell is text or a date: what begins with = stays a text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: Mapping[str, int] = {
    "number": 24,
    "organisation": 34,
    "credit_code": 22,
    "district": 12,
    "scheme": 28,
    "occupation_name": 30,
    "occupation_code": 12,
    "industries": 28,
    "valid_from_on": 13,
    "valid_to_on": 13,
    "standing": 12,
}
"""Fields of a line of the list, with the widths of their columns in characters."""


def of_lines(lines: Iterable[Mapping[str, Any]], *, title: str, note: str, headings: Mapping[str, str]) -> bytes:
    """Return the .xlsx with a title, a note, the headings by field, and a row for each line."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    for place, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A4"
    sheet.append([_cell(sheet, title, Font(bold=True, size=14))])
    sheet.append([_cell(sheet, note)])
    sheet.append([_cell(sheet, headings[field], Font(bold=True)) for field in COLUMNS])
    for line in lines:
        sheet.append(_row(sheet, [line[field] for field in COLUMNS]))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _row(sheet: Worksheet, values: Sequence[Any]) -> list[Cell]:
    return [_cell(sheet, value) for value in values]


def _cell(sheet: Worksheet, value: Any, font: Font | None = None) -> Cell:
    if isinstance(value, date):
        cell: Cell = WriteOnlyCell(sheet, datetime.combine(value, time.min))
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"  # or else openpyxl makes a formula of what begins with =
    if font:
        cell.font, cell.alignment = font, Alignment(vertical="center")
    return cell

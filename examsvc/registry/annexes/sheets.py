"""Worksheets as plain texts, whatever program wrote them. Pure."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from examsvc.registry.annexes import inspecting
from examsvc.registry.annexes.errors import DocumentUnreadable, WorkbookHasFormulas

MOST_COLUMNS = 40
MOST_SHEETS = 20


@dataclass(frozen=True)
class Line:
    """A row that holds something; `row` as the spreadsheet program numbers it, `texts` by column from 0."""

    row: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    name: str
    lines: tuple[Line, ...]


def read(data: bytes) -> list[Sheet]:
    """Return the sheets with their rows; raises TooLarge and the kinds of BadDocument."""
    from openpyxl import load_workbook  # noqa: PLC0415 (openpyxl is loaded by who reads a workbook)

    inspecting.inspect(data)
    try:
        # Not values only: a formula must be seen to be refused. DTDs are out already.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return [Sheet(sheet.title, tuple(_lines(sheet))) for sheet in book.worksheets[:MOST_SHEETS]]
    except WorkbookHasFormulas:
        raise
    except Exception as error:  # a broken workbook makes openpyxl raise almost anything
        raise DocumentUnreadable from error


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # some programs write a dimension of one cell, and only that would be read
    rows = sheet.iter_rows(max_row=inspecting.MOST_ROWS, max_col=MOST_COLUMNS)
    for number, cells in enumerate(rows, start=1):
        texts = tuple(_text(cell) for cell in cells)
        if any(texts):
            yield Line(number, texts)


def _text(cell: Any) -> str:
    if cell.data_type == "f":
        raise WorkbookHasFormulas(cell=cell.coordinate)
    if cell.value is None:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return f"{cell.value:.15g}"
    return str(cell.value).strip()

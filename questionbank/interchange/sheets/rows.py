"""Rows of a table, whatever file they come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_COLUMNS = 60


class Flaw(StrEnum):
    """What may be wrong with a cell: its text is not what somebody typed."""

    FORMULA = "formula"
    COMPUTED = "formula_value"
    DATE = "date_cell"
    BROKEN = "cell_error"


@dataclass(frozen=True)
class Cell:
    text: str = ""
    flaw: Flaw | None = None


@dataclass(frozen=True)
class Row:
    """A row that holds something, with the number a spreadsheet program shows; `sheet` is empty for a file without."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]

    def where(self, column: int | None = None) -> str:
        """Return the place as spreadsheets write it, such as 题库!C5 or 题库!5; columns count from 0."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 (openpyxl is loaded by who reads a workbook)

        place = f"{get_column_letter(column + 1)}{self.number}" if column is not None else str(self.number)
        return f"{self.sheet}!{place}" if self.sheet else place

    def text(self, column: int) -> str:
        """Return the cell's text, empty past the row's end."""
        return self.cells[column].text if column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A sheet with its rows, which can be walked once."""

    name: str
    rows: Iterator[Row]
    is_hidden: bool = False

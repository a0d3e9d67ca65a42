"""Merged cells: what stands in the first row of a range counts for the rows below it."""

from collections.abc import Iterable

from questionbank.interchange.sheets.rows import MOST_COLUMNS, Cell

_Range = tuple[int, int, int]  # column from 0, first and last row


class Merges:
    """The ranges over several rows; rows are to be filled in their order."""

    def __init__(self, references: Iterable[str]):
        ranges = (_vertical(reference) for reference in references)
        self._waiting = sorted((one for one in ranges if one), key=lambda one: one[1], reverse=True)
        self._open: list[tuple[_Range, Cell]] = []

    def filled(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Return the row's cells with those that a merge from above covers; across columns nothing is repeated."""
        self._open = [(one, cell) for one, cell in self._open if number <= one[2]]
        for (column, _, _), cell in self._open:
            cells.extend(Cell() for _ in range(column + 1 - len(cells)))
            cells[column] = cell
        while self._waiting and self._waiting[-1][1] <= number:
            one = self._waiting.pop()
            if one[1] == number and one[0] < len(cells):
                self._open.append((one, cells[one[0]]))
        return cells


def _vertical(reference: str) -> _Range | None:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 (openpyxl is loaded by who reads a workbook)

    try:
        left, top, _, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    if not left or not top or not bottom or bottom <= top or left > MOST_COLUMNS:
        return None
    return left - 1, top, bottom

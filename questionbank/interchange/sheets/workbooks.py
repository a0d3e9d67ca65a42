"""Workbooks (.xlsx) as rows of texts, one at a time."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from itertools import repeat
from pathlib import Path
from typing import Any

from questionbank.interchange import office
from questionbank.interchange.model import Refused
from questionbank.interchange.sheets.merges import Merges
from questionbank.interchange.sheets.rows import MOST_COLUMNS, Cell, Flaw, Row, Table

MAIN = "xl/workbook.xml"
_MOST_WHOLE = 10**17  # beyond, a spreadsheet keeps no digits


def tables(path: Path) -> Iterator[Table]:
    """Yield the sheets; raises Refused before the first one for a file that is no sound workbook."""
    looked = office.look_through(path, MAIN)
    with _refusing(), ExitStack() as opening:
        typed = _opened(path, opening, computed=False)
        computed = _opened(path, opening, computed=True) if looked.has_formulas else None
        return _tables(typed, computed, looked, opening.pop_all())


def _tables(typed: Any, computed: Any, looked: office.Looked, open_: ExitStack) -> Iterator[Table]:
    with open_:
        for place, sheet in enumerate(typed.worksheets):
            part = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 (openpyxl tells a sheet's part nowhere else)
            beside = computed.worksheets[place] if computed else None
            last = looked.last_rows.get(part, 0)
            rows = _rows(sheet, beside, Merges(looked.merges.get(part, [])), last)
            yield Table(sheet.title, rows, sheet.sheet_state != "visible")


def _opened(path: Path, open_: ExitStack, *, computed: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 (openpyxl is loaded by who reads a workbook)

    file = open_.enter_context(path.open("rb"))  # of a path openpyxl would want to see the ending .xlsx
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl complains of styles and extensions, which are not read here
        # Read-only also leaves drawings alone: a missing one makes openpyxl raise KeyError.
        book = load_workbook(file, read_only=True, data_only=computed, keep_links=False)
    open_.callback(book.close)
    return book


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # a broken workbook makes openpyxl raise almost anything
        raise Refused("workbook_unreadable", f"{type(error).__name__}: {error}") from error


def _rows(sheet: Any, computed: Any, merges: Merges, last: int) -> Iterator[Row]:
    with _refusing():
        values = _lines(computed, last) if computed else repeat(())
        for number, (cells, beside) in enumerate(zip(_lines(sheet, last), values, strict=False), start=1):
            row = merges.filled(number, [_cell(cell, _value(beside, place)) for place, cell in enumerate(cells)])
            if any(cell.text or cell.flaw for cell in row):
                yield Row(sheet.title, number, tuple(row))


def _lines(sheet: Any, last: int) -> Iterator[Sequence[Any]]:
    """Yield the rows up to the last one with anything in it: a million empty ones would take a minute."""
    sheet.reset_dimensions()  # some programs write a dimension of one cell, and only that would be read
    return (row[:MOST_COLUMNS] for row in (sheet.iter_rows(max_row=last) if last else ()))


def _value(beside: Sequence[Any], place: int) -> Any:
    return beside[place] if place < len(beside) else None


def _cell(cell: Any, computed: Any) -> Cell:
    if cell.data_type == "f":
        shown = _cell(computed, None).text if computed is not None and computed.data_type != "e" else ""
        return Cell(shown, Flaw.COMPUTED) if shown else Cell(_text(cell), Flaw.FORMULA)
    if cell.data_type == "e":
        return Cell(str(cell.value), Flaw.BROKEN)
    return Cell(_text(cell), Flaw.DATE if isinstance(cell.value, date | time) else None)


def _text(cell: Any) -> str:
    """Return what the cell shows: a whole number without a point, a percentage with its sign, a date as ISO 8601."""
    match cell.value:
        case None:
            return ""
        case bool(value):
            return str(value).upper()
        case int(value) | float(value):
            return f"{value * 100:.15g}%" if "%" in cell.number_format else _number(value)
        case datetime() as moment:
            return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
        case value:
            return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < _MOST_WHOLE else f"{value:.15g}"

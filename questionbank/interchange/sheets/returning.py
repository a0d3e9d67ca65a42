"""The rows that were not imported given back, each with its reason, to be put right and read again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from questionbank.interchange.model import Level, Problem
from questionbank.interchange.sheets import drafting
from questionbank.interchange.sheets.headings import Field
from questionbank.interchange.sheets.layouts import Layout
from questionbank.interchange.sheets.reading import Mapped, laid_out_tables
from questionbank.interchange.sheets.records import Record, records
from questionbank.interchange.sheets.rows import Row
from questionbank.interchange.sheets.template import text_cell

HEADING = "错误原因"
_USUAL_TITLE = "题库"
_PLACE = re.compile(r"(?:(?P<sheet>.*)!)?[A-Z]*(?P<row>\d+)")

_Reasons = Mapping[tuple[str, int], list[str]]


def return_rows(path: Path, problems: Iterable[Problem], target: Path, mapping: Mapped = None) -> int:
    """Write the rows of every item that has an error into a workbook, and return how many rows they are.

    A case comes back whole. `mapping` is the one that the file was read with. Raises Refused as reading does.
    """
    reasons = _reasons(problems)
    book, count = Workbook(write_only=True), 0
    for name, layout, rows in laid_out_tables(path, mapping):
        sheet: Any = book.create_sheet(name or _USUAL_TITLE)
        sheet.append(_line(sheet, layout, layout.heading, HEADING))
        for record in _faulty(layout, records(layout, rows), reasons):
            reason = "\n".join(reasons.get(_place(record), []))
            sheet.append(_line(sheet, layout, record.row, reason))
            count += 1
    book.save(target)
    return count


def _reasons(problems: Iterable[Problem]) -> _Reasons:
    reasons: dict[tuple[str, int], list[str]] = {}
    for problem in problems:
        place = _PLACE.fullmatch(problem.where)
        if place and problem.level is Level.ERROR:
            reasons.setdefault((place["sheet"] or "", int(place["row"])), []).append(problem.detail)
    return reasons


def _faulty(layout: Layout, rows: Iterator[Record], reasons: _Reasons) -> Iterator[Record]:
    for bundle in drafting.bundles(layout, rows):
        if any(_place(record) in reasons for record in bundle):
            yield from bundle


def _place(record: Record) -> tuple[str, int]:
    return record.row.sheet, record.row.number


def _line(sheet: Any, layout: Layout, row: Row, reason: str) -> list[Any]:
    kept = [row.text(place) for place, field in enumerate(layout.fields) if field != Field.REASON]
    return [text_cell(sheet, text) for text in (*kept, reason)]

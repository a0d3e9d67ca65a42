"""Tables of items read: row by row, with a place for everything that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from questionbank.interchange.drafts import words
from questionbank.interchange.drafts.settling import settle
from questionbank.interchange.model import Event, Level, Problem, Refused
from questionbank.interchange.sheets import drafting, headings, separated, workbooks
from questionbank.interchange.sheets.layouts import Layout, laid_out, supposed
from questionbank.interchange.sheets.records import records
from questionbank.interchange.sheets.rows import Row, Table
from questionbank.interchange.sheets.wording import EXAMPLES, INSTRUCTIONS, LISTS

PREVIEW_ROWS = 20
_OURS = (INSTRUCTIONS, LISTS)
Mapped = Mapping[str, str] | None


@dataclass(frozen=True)
class Columns:
    """A table before it is imported: what a person checks, and corrects in `mapping` (heading: field or "")."""

    sheet: str
    dialect: str
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, str]


def read_workbook(path: Path, mapping: Mapped = None) -> Iterator[Event]:
    """Yield what the workbook holds; raises Refused, most reasons before the first event."""
    _check_mapping(mapping)
    return _walk(workbooks.tables(path), mapping)


def read_separated(path: Path, mapping: Mapped = None) -> Iterator[Event]:
    """Yield what the file of separated values holds; raises Refused."""
    _check_mapping(mapping)
    return _walk(separated.tables(path), mapping)


def _check_mapping(mapping: Mapped) -> None:
    unknown = sorted({field for field in (mapping or {}).values() if not headings.is_field(field)})
    if unknown:
        raise Refused("mapping_unknown", f"没有这样的字段:{'、'.join(unknown)} / there are no such fields")


def columns_of(path: Path, mapping: Mapped = None) -> list[Columns]:
    """Return for each visible sheet its headings, its first rows and the guessed or given mapping.

    Where none is known the first row that may be headings is taken for them: a person can say what they mean.
    """
    return [_columns(name, layout, rows) for name, layout, rows in _supposed_tables(path, mapping)]


def _supposed_tables(path: Path, mapping: Mapped) -> Iterator[tuple[str, Layout, Iterator[Row]]]:
    for table in _tables(path):
        layout, rows = laid_out(table, mapping)
        if (found := layout or supposed(rows)) and not _is_passed(table):
            yield table.name, found, rows


def laid_out_tables(path: Path, mapping: Mapped = None) -> Iterator[tuple[str, Layout, Iterator[Row]]]:
    """Yield the name, layout and rows of each visible table with headings, a workbook's or separated values'."""
    for table in _tables(path):
        layout, rows = laid_out(table, mapping)
        if layout and not _is_passed(table):
            yield table.name, layout, rows


def _tables(path: Path) -> Iterator[Table]:
    with path.open("rb") as file:
        is_text = not file.read(4).startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    return separated.tables(path) if is_text else workbooks.tables(path)


def _columns(name: str, layout: Layout, rows: Iterator[Row]) -> Columns:
    width = len(layout.headings)
    shown = tuple(tuple(row.text(place) for place in range(width)) for row in islice(rows, PREVIEW_ROWS))
    mapping = {heading: field for heading, field in zip(layout.headings, layout.fields, strict=True) if heading}
    return Columns(name, layout.dialect, layout.heading.number, layout.headings, shown, mapping)


def _is_passed(table: Table) -> bool:
    return table.is_hidden or table.name in (*_OURS, EXAMPLES)


def _walk(tables: Iterator[Table], mapping: Mapped) -> Iterator[Event]:
    has_headings = False
    for table in tables:
        if table.name in _OURS:
            continue
        if _is_passed(table):
            yield _passed(table, "sheet_skipped", "隐藏的或示例工作表,未读入 / hidden or examples; not read")
            continue
        layout, rows = laid_out(table, mapping)
        if layout:
            has_headings = True
            yield from _items(layout, rows, mapping)
        elif next(rows, None):
            yield _passed(
                table, "sheet_without_headings", "没有题干等列标题,未读入 / no headings such as 题干; not read"
            )
    if not has_headings:
        raise Refused("no_headings", "没有找到题干、答案等列标题 / no headings such as 题干 and 答案 were found")


def _passed(table: Table, code: str, detail: str) -> Problem:
    return Problem(table.name, Level.WARNING, code, detail)


def items_of(table: Table) -> Iterator[Event]:
    """Yield what a table with headings holds, wherever it stands."""
    layout, rows = laid_out(table)
    if layout:
        yield from _items(layout, rows, None)


def _items(layout: Layout, rows: Iterator[Row], mapping: Mapped) -> Iterator[Event]:
    yield from _missing(layout, mapping)
    unknown = [layout.headings[place] for place in layout.unknown]
    if unknown:
        detail = f"未识别的列,原样保存:{'、'.join(unknown)} / unknown columns, kept as they are"
        yield Problem(layout.heading.where(), Level.WARNING, "columns_unknown", detail)
    for bundle in drafting.bundles(layout, records(layout, rows)):
        for record in bundle:
            yield from record.problems
        if not any(record.is_spoilt for record in bundle):
            yield from settle(drafting.draft(layout, bundle))


def _missing(layout: Layout, mapping: Mapped) -> Iterator[Problem]:
    there = {words.folded(heading) for heading in layout.headings}
    gone = [heading for heading in mapping or {} if words.folded(heading) not in there]
    if gone:
        detail = f"对应关系中的列不在表里:{'、'.join(gone)} / columns of the mapping are not in the table"
        yield Problem(layout.heading.where(), Level.WARNING, "mapping_missing", detail)

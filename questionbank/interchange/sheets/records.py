"""A row by its fields, with what is wrong with its cells."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from questionbank.interchange.model import Level, Problem
from questionbank.interchange.sheets.headings import IGNORED, Field
from questionbank.interchange.sheets.layouts import Layout
from questionbank.interchange.sheets.rows import Flaw, Row

_UNREAD = (IGNORED, Field.NUMBER, Field.REASON, Field.OPTION_COUNT)
_LEVELS = {
    Flaw.FORMULA: Level.ERROR,
    Flaw.BROKEN: Level.ERROR,
    Flaw.COMPUTED: Level.WARNING,
    Flaw.DATE: Level.WARNING,
}
_TOLD = {
    Flaw.FORMULA: "单元格是公式且没有结果:{text} / a formula without a result",
    Flaw.BROKEN: "单元格是错误值:{text} / an error value",
    Flaw.COMPUTED: "单元格是公式,读入其结果:{text} / a formula; its result is read",
    Flaw.DATE: "单元格是日期,读作 {text};请核对 / a date; check that it was meant",
}


@dataclass(frozen=True)
class Record:
    """A row's texts and places by field; `others` holds what stood under headings that mean no field."""

    row: Row
    texts: Mapping[str, str]
    places: Mapping[str, str]
    others: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def __getitem__(self, field: str) -> str:
        return self.texts.get(field, "")

    @property
    def is_spoilt(self) -> bool:
        return any(problem.level is Level.ERROR for problem in self.problems)

    def with_texts(self, texts: Mapping[str, str]) -> "Record":
        """Return the record with these texts instead of its own."""
        return replace(self, texts={**self.texts, **texts})


def records(layout: Layout, rows: Iterator[Row]) -> Iterator[Record]:
    """Yield the rows that hold something under a heading that means a field, except the headings repeated."""
    for row in rows:
        record = _record(layout, row)
        if any(record.texts.values()) and record[Field.STEM] != layout.headings[layout.fields.index(Field.STEM)]:
            yield record


def _record(layout: Layout, row: Row) -> Record:
    known = {field: place for place, field in enumerate(layout.fields) if field not in _UNREAD}
    texts = {field: row.text(place) for field, place in known.items() if row.text(place)}
    if Field.NUMBER in layout.fields and texts:
        texts[Field.NUMBER] = row.text(layout.fields.index(Field.NUMBER))
    others = {layout.headings[place]: row.text(place) for place in layout.unknown if row.text(place)}
    places = {field: row.where(place) for field, place in known.items()}
    return Record(row, texts, places, others, tuple(_problems(row, known.values())))


def _problems(row: Row, columns: Collection[int]) -> Iterator[Problem]:
    for place, cell in enumerate(row.cells):
        if cell.flaw and place in columns:
            detail = _TOLD[cell.flaw].format(text=cell.text)
            yield Problem(row.where(place), _LEVELS[cell.flaw], cell.flaw.value, detail)

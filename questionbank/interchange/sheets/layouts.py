"""Where a table's headings stand and what its columns mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from questionbank.interchange.drafts import words
from questionbank.interchange.sheets import headings
from questionbank.interchange.sheets.headings import IGNORED, Field
from questionbank.interchange.sheets.rows import Row, Table
from questionbank.kinds import ItemType

HEAD_ROWS = 20  # notes and titles that may stand above the headings
_LEAST_FIELDS = 2
_YUNFAN_CODES = {
    "1": ItemType.SINGLE_CHOICE,
    "2": ItemType.MULTIPLE_CHOICE,
    "3": ItemType.TRUE_FALSE,
    "4": ItemType.SHORT_ANSWER,
}


@dataclass(frozen=True)
class Layout:
    """The headings of a table with the fields of its columns, and the types by their codes where it has codes."""

    heading: Row
    fields: tuple[str, ...]
    codes: Mapping[str, ItemType]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.heading.cells)

    @property
    def has_row_per_option(self) -> bool:
        """Whether it is made like 云帆's: each option is a row of its own."""
        return Field.OPTION_RIGHT in self.fields and Field.OPTION_TEXT in self.fields

    @property
    def unknown(self) -> list[int]:
        """Return the columns with a heading that means no field."""
        return [place for place, field in enumerate(self.fields) if field == IGNORED and self.headings[place]]

    @property
    def dialect(self) -> str:
        """Return whose template it looks like; empty for a home-made one."""
        fields, told = set(self.fields), {words.folded(heading) for heading in self.headings}
        if Field.GROUP in fields and Field.GAPS in fields:
            return "own"
        if {Field.PART_TYPE, Field.PART_STEM} <= fields:
            return "chaoxing"
        if self.has_row_per_option:
            return "yunfan"
        if any("(必填)" in heading for heading in told) and any("(勿删)" in heading for heading in told):
            return "kaoshibao"
        return "agency" if self.codes else ""


def laid_out(table: Table, mapping: Mapping[str, str] | None = None) -> tuple[Layout | None, Iterator[Row]]:
    """Return the layout and the rows below the headings; no layout and all rows when there are no headings."""
    head = list(islice(table.rows, HEAD_ROWS))
    candidates = [_layout(row, mapping) for row in head]
    best = max(range(len(head)), key=lambda place: _known(candidates[place]), default=None)
    if best is None or Field.STEM not in candidates[best].fields or _known(candidates[best]) < _LEAST_FIELDS:
        return None, chain(head, table.rows)
    return candidates[best], chain(head[best + 1 :], table.rows)


def supposed(rows: Iterator[Row]) -> Layout | None:
    """Walk to the first row that may be headings, two texts or more, and return it with what is known of it."""
    row = next((row for row in rows if sum(bool(cell.text) for cell in row.cells) >= _LEAST_FIELDS), None)
    return _layout(row, None) if row else None


def _layout(row: Row, mapping: Mapping[str, str] | None) -> Layout:
    told = [cell.text for cell in row.cells]
    fields = headings.meanings(told, mapping)
    return Layout(row, fields, _codes(told, fields))


def _codes(told: Sequence[str], fields: tuple[str, ...]) -> Mapping[str, ItemType]:
    explained = headings.type_codes(told[fields.index(Field.TYPE)]) if Field.TYPE in fields else {}
    is_yunfan = {Field.OPTION_RIGHT, Field.OPTION_TEXT} <= set(fields)
    return explained or (_YUNFAN_CODES if is_yunfan else {})


def _known(layout: Layout) -> int:
    return sum(field != IGNORED for field in layout.fields)

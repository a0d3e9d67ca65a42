"""Items written into our template or as comma-separated values; what a table cannot carry is told."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from questionbank.interchange.drafts import carrying, telling
from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.drafts.settling import settle
from questionbank.interchange.model import Level, Problem, ReadItem
from questionbank.interchange.sheets import drafting
from questionbank.interchange.sheets.headings import Field
from questionbank.interchange.sheets.layouts import Layout
from questionbank.interchange.sheets.records import records
from questionbank.interchange.sheets.rows import Cell, Row
from questionbank.interchange.sheets.template import Template
from questionbank.interchange.sheets.wording import HEADINGS, OPTION_LETTERS

_LAYOUT = Layout(Row("", 1, tuple(Cell(text) for text in HEADINGS.values())), tuple(HEADINGS), {})
_SAME_NAME = (
    *("type", "stem", "answer", "fixed", "scoring", "tolerance", "unit", "outline", "length", "explanation", "code"),
    *("external_id", "difficulty", "work_task", "knowledge_point", "tags", "points"),
)
_ACTIVE = ("=", "+", "-", "@")

Texts = Mapping[str, str]


def write_workbook(items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write our template with the items' rows, and yield what they lost; the file is there at the end."""
    template = Template()
    for item in items:
        rows, problems = _carried(item)
        for row in rows:
            template.append(row)
        yield from problems
    template.save(target)


def write_separated(items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write the items as UTF-8 with a mark, by which spreadsheets know it, and yield what they lost."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading.partition("\n")[0] for heading in HEADINGS.values())
        for item in items:
            rows, problems = _carried(item)
            writer.writerows([_harmless(row.get(field, "")) for field in HEADINGS] for row in rows)
            yield from problems


def _harmless(text: str) -> str:
    """Return the text so that a spreadsheet computes nothing; the reader takes the apostrophe away again."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _carried(item: ReadItem) -> tuple[list[Texts], list[Problem]]:
    """Return the item's rows with what they lost; no rows and an error when they would be read as another item."""
    if untold := telling.untold(item):
        return [], [_problem(item, Level.ERROR, "type_not_carried", f"表格不能表示 {untold} / no table carries it")]
    rows = _rows(telling.draft_of(item), item.code or item.where)
    again = _read_again(rows)
    if again is None or not carrying.is_same(item, again):
        detail = "写成表格会被读成另一道题 / as a table it would be read as another item"
        return [], [_problem(item, Level.ERROR, "text_not_carried", detail)]
    return rows, list(_losses(item))


def _losses(item: ReadItem) -> Iterator[Problem]:
    if item.media or item.content.get("media"):
        yield _problem(item, Level.WARNING, "media_left_out", "图片、音频、视频未写入 / media are not written")
    if item.extras:
        detail = f"未写入:{'、'.join(item.extras)} / not written"
        yield _problem(item, Level.WARNING, "extras_left_out", detail)


def _problem(item: ReadItem, level: Level, code: str, detail: str) -> Problem:
    return Problem(item.where, level, code, detail)


def _read_again(rows: list[Texts]) -> ReadItem | None:
    lines = (Row("", 2, tuple(Cell(row.get(field, "").strip()) for field in HEADINGS)) for row in rows)
    bundles = list(drafting.bundles(_LAYOUT, records(_LAYOUT, lines)))
    events = [event for bundle in bundles for event in settle(drafting.draft(_LAYOUT, bundle))]
    items = [event for event in events if isinstance(event, ReadItem)]
    return items[0] if len(items) == 1 else None


def _rows(draft: Draft, group: str) -> list[Texts]:
    if not draft.parts:
        return [_row(draft)]
    return [{**_row(one), Field.GROUP: group} for one in (draft, *draft.parts)]


def _row(draft: Draft) -> dict[str, str]:
    options = dict(zip((f"option_{letter.lower()}" for letter in OPTION_LETTERS), draft.options, strict=False))
    return {
        **{name: str(getattr(draft, name)) for name in _SAME_NAME},
        **options,
        Field.MATCHES: "\n".join(f"{n}.{text}" for n, text in enumerate(draft.matches, start=1)),
        Field.GAPS: "\n".join(_gap(texts) for texts in draft.gaps),
    }


def _gap(texts: tuple[str, ...]) -> str:
    return "|".join(f"{LETTERS[place]}.{text}" for place, text in enumerate(texts))

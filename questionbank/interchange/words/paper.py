"""A paper to print (.docx): sections by type, then an answer sheet to fill in, or the answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from questionbank.interchange.drafts import telling
from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.model import Problem, ReadItem
from questionbank.interchange.words import printed
from questionbank.interchange.words.numbering import chinese
from questionbank.interchange.words.printing import Sheet
from questionbank.kinds import ItemType

_WORDS = {**telling.TYPE_WORDS, ItemType.HOTSPOT: "热点题"}
_MARKED = (ItemType.SINGLE_CHOICE, ItemType.MULTIPLE_CHOICE, ItemType.TRUE_FALSE)
_ON_SHEET = (*_MARKED, ItemType.ORDERING, ItemType.MATCHING, ItemType.INLINE_CHOICE)
_ANSWERS_A_LINE = 5
_CANDIDATE = "姓名：______________　　准考证号：____________________　　得分：__________"


@dataclass(frozen=True)
class Section:
    """The items of one type with their numbers in the paper."""

    heading: str
    points: str
    items: list[tuple[int, ReadItem]]

    @property
    def type(self) -> ItemType:
        return self.items[0][1].type


def write(items: Iterable[ReadItem], target: Path, *, title: str = "试卷", with_key: bool = True) -> Iterator[Problem]:
    """Write the paper and yield a warning for everything that cannot be printed; the file is there at the end.

    With the key the answers and explanations follow on a page of their own, without it an answer sheet.
    """
    sheet, sections = Sheet(title), list(_sections(list(items)))
    sheet.text(_CANDIDATE, centred=True)
    for section in sections:
        sheet.text(section.heading, bold=True)
        for number, item in section.items:
            points = f"（{item.points}分）" if item.points and not section.points else ""
            yield from printed.add(sheet, item, f"{number}. ", points)
    sheet.new_page()
    (_add_key if with_key else _add_answer_sheet)(sheet, sections)
    sheet.save(target)


def write_with_key(items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write the paper with its key, as an export is written."""
    return write(items, target)


def _sections(items: list[ReadItem]) -> Iterator[Section]:
    kinds = [kind for kind in ItemType if any(item.type is kind for item in items)]
    number = 0
    for place, kind in enumerate(kinds, start=1):
        own = [item for item in items if item.type is kind]
        each = own[0].points if len({item.points for item in own}) == 1 else ""
        heading = f"{chinese(place)}、{_WORDS[kind]}（{_worth(own, each)}）"
        yield Section(heading, each, list(enumerate(own, start=number + 1)))
        number += len(own)


def _worth(items: list[ReadItem], each: str) -> str:
    total = sum((Decimal(item.points) for item in items if item.points), Decimal(0))
    told = [f"共{len(items)}题", f"每题{each}分" if each else "", f"共{total:f}分" if total else ""]
    return "，".join(part for part in told if part)


def _add_answer_sheet(sheet: Sheet, sections: list[Section]) -> None:
    sheet.text("答题卡", bold=True, points=14, centred=True)
    sheet.text(_CANDIDATE, centred=True)
    for section in sections:
        if section.type in _ON_SHEET:
            sheet.text(section.heading, bold=True)
            sheet.boxes([str(number) for number, _ in section.items])


def _add_key(sheet: Sheet, sections: list[Section]) -> None:
    sheet.text("参考答案", bold=True, points=14, centred=True)
    for section in sections:
        sheet.text(section.heading.partition("（")[0], bold=True)
        told = [(f"{number}. {_answer(item)}", _notes(item)) for number, item in section.items]
        if section.type in _MARKED and not any(notes for _, notes in told):
            for start in range(0, len(told), _ANSWERS_A_LINE):
                sheet.text("　　".join(answer for answer, _ in told[start : start + _ANSWERS_A_LINE]))
            continue
        for answer, notes in told:
            sheet.text("\n".join([answer, *notes]))


def _notes(item: ReadItem) -> list[str]:
    points = item.key.get("points", []) if item.type.is_written else []
    outline = [f"【得分点】{'；'.join(points)}"] if points else []
    return outline + ([f"【解析】{item.explanation}"] if item.explanation else [])


def _answer(item: ReadItem) -> str:
    if item.type is ItemType.HOTSPOT:
        return "；".join(f"{area['shape']} {area['coords']}" for area in item.key["areas"])
    if item.type is ItemType.COMPOSITE:
        return "　".join(f"（{place}）{_answer(part)}" for place, part in enumerate(_parts(item), start=1))
    return _worded(telling.draft_of(item))


def _parts(item: ReadItem) -> Iterator[ReadItem]:
    for part in item.content["parts"]:
        key = item.key["parts"][part["id"]]
        yield replace(item, type=ItemType(part["type"]), content=part["content"], key=key)


def _worded(draft: Draft) -> str:
    off = f"±{draft.tolerance}" if draft.tolerance and Decimal(draft.tolerance) else ""
    mark = {"对": "√", "错": "×"}.get(draft.answer, draft.answer) if draft.type == "判断题" else draft.answer
    return f"{mark}{off}{draft.unit}"

"""What was written is read back equal, for every type and every format that carries it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, Level, Problem, ReadItem
from questionbank.kinds import ItemType
from tests.questionbank.formats import items

GIFT = st.one_of(
    items.single_choices(),
    items.multiple_choices(),
    items.truths(),
    items.fill_ins(),
    items.numbers(),
    items.matchings(),
    items.written(),
)
MOODLE = st.one_of(
    items.single_choices(),
    items.multiple_choices(),
    items.truths(),
    items.fill_ins(),
    items.fill_ins(blanks=3),
    items.numbers(),
    items.matchings(),
    items.orderings(),
    items.inline_choices(),
    items.written(points=True),
)


def there_and_back(written: Iterable[ReadItem], format_: Format) -> tuple[list[ReadItem], list[Problem]]:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "items"
        problems = writing.write(written, format_, target)
        events = list(reading.read(target).events)
    return [replace(event, where="") for event in events if isinstance(event, ReadItem)], [
        *problems,
        *(event for event in events if isinstance(event, Problem)),
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(GIFT, min_size=1, max_size=3))
def test_gift_gives_back_what_it_was_given(written: list[ReadItem]) -> None:
    read, problems = there_and_back(written, Format.GIFT)
    assert read == written
    assert {problem.code for problem in problems} <= {"scoring_approximated"}


@settings(deadline=None, max_examples=80)
@given(st.lists(MOODLE, min_size=1, max_size=3))
def test_moodle_gives_back_what_it_was_given(written: list[ReadItem]) -> None:
    read, problems = there_and_back(written, Format.MOODLE_XML)
    assert read == written
    assert {problem.code for problem in problems} <= {"scoring_approximated", "order_not_carried"}


@settings(deadline=None, max_examples=20)
@given(items.single_choices())
def test_moodle_gives_back_pictures_and_sounds(item: ReadItem) -> None:
    written = items.with_media(item)
    read, _ = there_and_back([written], Format.MOODLE_XML)
    assert read == [written]


def plain(number: int) -> ReadItem:
    options = [{"id": "a", "text": f"甲 {number}"}, {"id": "b", "text": "B) no"}]
    return ReadItem("", ItemType.SINGLE_CHOICE, {"stem": f"Which {number}?", "options": options}, {"right": ["b"]})


def test_aiken_gives_back_single_choices_and_names_what_it_leaves_out() -> None:
    written = [plain(1), plain(2)]
    assert there_and_back(written, Format.AIKEN) == (written, [])
    truth = ReadItem("row 3", ItemType.TRUE_FALSE, {"stem": "x"}, {"value": True})
    read, problems = there_and_back([replace(plain(1), where="row 1", points="2"), truth], Format.AIKEN)
    assert read == [plain(1)]
    assert [(one.where, one.level, one.code) for one in problems] == [
        ("row 1", Level.WARNING, "fields_not_carried"),
        ("row 3", Level.ERROR, "type_not_carried"),
    ]


@pytest.mark.parametrize("format_", [Format.GIFT, Format.MOODLE_XML])
def test_what_no_question_of_the_format_can_be_is_named_and_not_written(format_: Format) -> None:
    part = {"id": "p1", "type": "TRUE_FALSE", "share": 1, "content": {"stem": "x"}}
    composite = ReadItem("1", ItemType.COMPOSITE, {"stem": "case", "parts": [part]}, {"parts": {"p1": {"value": True}}})
    read, problems = there_and_back([composite, plain(1)], format_)
    assert read == [plain(1)]
    assert [(one.where, one.level, one.code) for one in problems] == [("1", Level.ERROR, "type_not_carried")]

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank import content
from questionbank.errors import BadItem
from questionbank.kinds import ItemType

T = ItemType
OPTIONS = content.options_of(["甲", "乙", "丙", "丁"])
GOOD: list[tuple[ItemType, dict[str, Any], dict[str, Any]]] = [
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": ["b"]}),
    (T.SINGLE_CHOICE, {"options": OPTIONS, "fixed": ["d"]}, {"right": ["d"]}),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "c"]}),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b", "c", "d"]}),
    (T.TRUE_FALSE, {}, {"value": False}),
    (T.FILL_IN, {"stem": "____与____", "blanks": 2}, {"blanks": [["一"], ["二", "两"]]}),
    (T.NUMERIC, {"unit": "元"}, {"value": "-1.50", "tolerance": "0"}),
    (T.SHORT_ANSWER, {}, {"reference": "要点"}),
]
BAD: list[tuple[ItemType, dict[str, Any], dict[str, Any], str]] = [
    (T.TRUE_FALSE, {"stem": "  "}, {"value": True}, "stem_empty"),
    (T.SINGLE_CHOICE, {"options": OPTIONS[:1]}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": content.options_of(["甲", " "])}, {"right": ["a"]}, "options_missing"),
    (T.SINGLE_CHOICE, {"options": content.options_of(["甲", "甲 "])}, {"right": ["a"]}, "options_same"),
    (T.SINGLE_CHOICE, {"options": [*OPTIONS, {"id": "a", "text": "戊"}]}, {"right": ["a"]}, "options_same"),
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": []}, "key_count"),
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": ["a", "b"]}, "key_count"),
    (T.SINGLE_CHOICE, {"options": OPTIONS}, {"right": ["z"]}, "key_count"),
    (T.SINGLE_CHOICE, {"options": OPTIONS, "fixed": ["z"]}, {"right": ["a"]}, "fixed_unknown"),
    (T.MULTIPLE_CHOICE, {"options": OPTIONS}, {"right": ["a"]}, "key_count"),
    (T.TRUE_FALSE, {}, {"value": "true"}, "not_true_false"),
    (T.TRUE_FALSE, {}, {}, "not_true_false"),
    (T.FILL_IN, {"stem": "____", "blanks": 2}, {"blanks": [["一"], ["二"]]}, "blanks_differ"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": []}, "blanks_differ"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": [[]]}, "blank_unanswered"),
    (T.FILL_IN, {"stem": "____", "blanks": 1}, {"blanks": [["一", " "]]}, "blank_unanswered"),
    (T.NUMERIC, {}, {"value": "一", "tolerance": "0"}, "not_decimal"),
    (T.NUMERIC, {}, {"value": "1"}, "not_decimal"),
    (T.NUMERIC, {}, {"value": "NaN", "tolerance": "0"}, "not_finite"),
    (T.NUMERIC, {}, {"value": "1", "tolerance": "-0.01"}, "not_finite"),
    (T.NUMERIC, {}, {"value": "1", "tolerance": "Infinity"}, "not_finite"),
    (T.SHORT_ANSWER, {}, {"reference": " "}, "no_reference"),
]


@pytest.mark.parametrize(("kind", "parts", "key"), GOOD)
def test_a_sound_item_of_every_type_is_taken(kind: ItemType, parts: dict[str, Any], key: dict[str, Any]) -> None:
    content.check(kind, {"stem": "题干", **parts}, key)


@pytest.mark.parametrize(("kind", "parts", "key", "fault"), BAD)
def test_a_faulty_item_is_refused_with_the_place_and_a_word_for_the_fault(
    kind: ItemType, parts: dict[str, Any], key: dict[str, Any], fault: str
) -> None:
    with pytest.raises(BadItem) as refused:
        content.check(kind, {"stem": "题干", **parts}, key)
    assert refused.value.extra["fault"] == fault
    assert refused.value.extra["field"].split(".")[0] in ("content", "key")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=2, max_size=8, unique_by=str.strip), st.data())
def test_any_distinct_texts_with_one_of_them_right_make_a_single_choice(texts: list[str], data: st.DataObject) -> None:
    options = content.options_of(texts)
    right = data.draw(st.sampled_from([option["id"] for option in options]))
    content.check(T.SINGLE_CHOICE, {"stem": "题干", "options": options}, {"right": [right]})


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.integers(0, 6))
def test_a_fill_in_needs_as_many_blanks_in_the_stem_as_in_the_key(marked: int, answered: int) -> None:
    stem, key = "、".join([content.BLANK] * marked), {"blanks": [["答"]] * answered}
    if marked == answered:
        content.check(T.FILL_IN, {"stem": stem, "blanks": answered}, key)
    else:
        with pytest.raises(BadItem):
            content.check(T.FILL_IN, {"stem": stem, "blanks": answered}, key)

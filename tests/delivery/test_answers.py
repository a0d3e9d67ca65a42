from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.core import canonical
from examsvc.delivery import answers
from examsvc.delivery.errors import BadAnswer
from examsvc.delivery.questions import Option, Question
from questionbank.kinds import ItemType

OPTIONS = (Option("a", "甲"), Option("b", "乙"), Option("c", "丙"))
PICTURE = {"digest": "0" * 64, "media_type": "image/png", "width": 40, "height": 30, "alt": "图"}
QUESTIONS = {
    ItemType.SINGLE_CHOICE: Question("q1", ItemType.SINGLE_CHOICE, options=OPTIONS),
    ItemType.MULTIPLE_CHOICE: Question("q2", ItemType.MULTIPLE_CHOICE, options=OPTIONS),
    ItemType.TRUE_FALSE: Question("q3", ItemType.TRUE_FALSE),
    ItemType.FILL_IN: Question("q4", ItemType.FILL_IN, blanks=2),
    ItemType.NUMERIC: Question("q5", ItemType.NUMERIC, unit="元"),
    ItemType.SHORT_ANSWER: Question("q6", ItemType.SHORT_ANSWER),
    ItemType.INLINE_CHOICE: Question("q7", ItemType.INLINE_CHOICE, gaps=(OPTIONS, OPTIONS[:2])),
    ItemType.ORDERING: Question("q8", ItemType.ORDERING, options=OPTIONS),
    ItemType.MATCHING: Question("q9", ItemType.MATCHING, options=OPTIONS[:2], matches=OPTIONS),
    ItemType.HOTSPOT: Question("q10", ItemType.HOTSPOT, picture=PICTURE, marks=2),
    ItemType.EXTENDED_ANSWER: Question("q11", ItemType.EXTENDED_ANSWER, length=800),
    ItemType.COMPOSITE: Question(
        "q12",
        ItemType.COMPOSITE,
        parts=(Question("p1", ItemType.SINGLE_CHOICE, options=OPTIONS), Question("p2", ItemType.FILL_IN, blanks=1)),
    ),
}
LONGEST = "答" * answers.MOST_CHARACTERS
GOOD: list[tuple[ItemType, Any, bool]] = [
    (ItemType.SINGLE_CHOICE, {"choice": "b"}, True),
    (ItemType.MULTIPLE_CHOICE, {"choices": ["c", "a"]}, True),
    (ItemType.MULTIPLE_CHOICE, {"choices": []}, False),
    (ItemType.TRUE_FALSE, {"value": True}, True),
    (ItemType.TRUE_FALSE, {"value": False}, True),
    (ItemType.FILL_IN, {"blanks": ["提示词", ""]}, True),
    (ItemType.FILL_IN, {"blanks": ["", " "]}, False),
    (ItemType.NUMERIC, {"text": "1.5"}, True),
    (ItemType.SHORT_ANSWER, {"text": LONGEST}, True),
    (ItemType.SHORT_ANSWER, {"text": " \n"}, False),
    (ItemType.INLINE_CHOICE, {"gaps": ["c", "a"]}, True),
    (ItemType.INLINE_CHOICE, {"gaps": [None, "a"]}, True),
    (ItemType.INLINE_CHOICE, {"gaps": [None, None]}, False),
    (ItemType.ORDERING, {"order": ["c", "a", "b"]}, True),
    (ItemType.MATCHING, {"pairs": {"a": "c", "b": "c"}}, True),
    (ItemType.MATCHING, {"pairs": {"b": "a"}}, True),
    (ItemType.MATCHING, {"pairs": {}}, False),
    (ItemType.HOTSPOT, {"points": [[0, 0], [40, 30]]}, True),
    (ItemType.HOTSPOT, {"points": []}, False),
    (ItemType.EXTENDED_ANSWER, {"text": "答" * 20_000}, True),
    (ItemType.COMPOSITE, {"parts": {"p1": {"choice": "a"}, "p2": None}}, True),
    (ItemType.COMPOSITE, {"parts": {"p2": {"blanks": [" "]}}}, False),
    (ItemType.COMPOSITE, {"parts": {"p1": None, "p2": None}}, False),
    (ItemType.COMPOSITE, {"parts": {}}, False),
    *((kind, None, False) for kind in ItemType),
]
BAD: list[tuple[ItemType, Any]] = [
    (ItemType.SINGLE_CHOICE, {"choice": "z"}),
    (ItemType.SINGLE_CHOICE, {"choice": ["a"]}),
    (ItemType.SINGLE_CHOICE, {"choice": None}),
    (ItemType.SINGLE_CHOICE, {"choices": ["a"]}),
    (ItemType.SINGLE_CHOICE, {"choice": "a", "more": 1}),
    (ItemType.SINGLE_CHOICE, {}),
    (ItemType.SINGLE_CHOICE, "a"),
    (ItemType.SINGLE_CHOICE, ["choice"]),
    (ItemType.MULTIPLE_CHOICE, {"choices": ["a", "a"]}),
    (ItemType.MULTIPLE_CHOICE, {"choices": ["a", "z"]}),
    (ItemType.MULTIPLE_CHOICE, {"choices": [["a"]]}),
    (ItemType.MULTIPLE_CHOICE, {"choices": "abc"}),
    (ItemType.TRUE_FALSE, {"value": 1}),
    (ItemType.TRUE_FALSE, {"value": "true"}),
    (ItemType.TRUE_FALSE, {"value": None}),
    (ItemType.FILL_IN, {"blanks": ["one"]}),
    (ItemType.FILL_IN, {"blanks": ["one", "two", "three"]}),
    (ItemType.FILL_IN, {"blanks": ["one", None]}),
    (ItemType.NUMERIC, {"text": 1.5}),
    (ItemType.NUMERIC, {"text": "1\x00"}),
    (ItemType.SHORT_ANSWER, {"text": LONGEST + "答"}),
    (ItemType.SHORT_ANSWER, {"text": "\ud800"}),
    (ItemType.INLINE_CHOICE, {"gaps": ["a"]}),
    (ItemType.INLINE_CHOICE, {"gaps": ["a", "c"]}),
    (ItemType.INLINE_CHOICE, {"gaps": ["a", ["a"]]}),
    (ItemType.INLINE_CHOICE, {"gaps": {"0": "a"}}),
    (ItemType.ORDERING, {"order": ["a", "b"]}),
    (ItemType.ORDERING, {"order": ["a", "b", "b"]}),
    (ItemType.ORDERING, {"order": ["a", "b", "z"]}),
    (ItemType.ORDERING, {"order": "abc"}),
    (ItemType.MATCHING, {"pairs": {"c": "a"}}),
    (ItemType.MATCHING, {"pairs": {"a": "z"}}),
    (ItemType.MATCHING, {"pairs": {"a": None}}),
    (ItemType.MATCHING, {"pairs": {"a": ["a"]}}),
    (ItemType.MATCHING, {"pairs": [["a", "b"]]}),
    (ItemType.HOTSPOT, {"points": [[1, 1], [2, 2], [3, 3]]}),
    (ItemType.HOTSPOT, {"points": [[41, 0]]}),
    (ItemType.HOTSPOT, {"points": [[0, 31]]}),
    (ItemType.HOTSPOT, {"points": [[-1, 0]]}),
    (ItemType.HOTSPOT, {"points": [[1.0, 2]]}),
    (ItemType.HOTSPOT, {"points": [[True, 2]]}),
    (ItemType.HOTSPOT, {"points": [[1]]}),
    (ItemType.HOTSPOT, {"points": [{"x": 1, "y": 2}]}),
    (ItemType.EXTENDED_ANSWER, {"text": "答" * 20_001}),
    (ItemType.COMPOSITE, {"parts": {"p3": None}}),
    (ItemType.COMPOSITE, {"parts": {"p1": {"choice": "z"}}}),
    (ItemType.COMPOSITE, {"parts": {"p1": {"blanks": ["a"]}}}),
    (ItemType.COMPOSITE, {"parts": {"p1": {"choice": "a", "text": ""}}}),
    (ItemType.COMPOSITE, {"parts": [{"choice": "a"}]}),
]


@pytest.mark.parametrize(("kind", "answer", "answered"), GOOD)
def test_an_answer_of_the_right_form_is_taken_and_known_to_say_something_or_not(
    kind: ItemType, answer: Any, answered: bool
) -> None:
    answers.check(QUESTIONS[kind], answer, seq=1)
    assert answers.is_answered(answer) is answered


@pytest.mark.parametrize(("kind", "answer"), BAD)
def test_an_answer_of_another_form_is_refused_by_name(kind: ItemType, answer: Any) -> None:
    with pytest.raises(BadAnswer) as refused:
        answers.check(QUESTIONS[kind], answer, seq=7)
    assert refused.value.extra == {"item_ref": QUESTIONS[kind].ref, "seq": 7}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=7), inner, max_size=2),
    max_leaves=5,
)
forms = st.sampled_from(["choice", "choices", "value", "blanks", "text", "gaps", "order", "pairs", "points", "parts"])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ItemType), json_values | st.dictionaries(forms, json_values, max_size=2))
def test_whatever_is_taken_can_be_hashed_and_counted_and_the_rest_is_refused(kind: ItemType, answer: Any) -> None:
    try:
        answers.check(QUESTIONS[kind], answer, seq=1)
    except BadAnswer:
        return
    assert canonical.digest(answer)
    assert answers.is_answered(answer) in (True, False)

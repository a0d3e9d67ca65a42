from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.core import canonical
from examsvc.delivery import answers
from examsvc.delivery.errors import BadAnswer
from examsvc.delivery.questions import Question
from questionbank.kinds import ItemType

OPTIONS = (("a", "甲"), ("b", "乙"), ("c", "丙"))
QUESTIONS = {
    ItemType.SINGLE_CHOICE: Question("q1", ItemType.SINGLE_CHOICE, options=OPTIONS),
    ItemType.MULTIPLE_CHOICE: Question("q2", ItemType.MULTIPLE_CHOICE, options=OPTIONS),
    ItemType.TRUE_FALSE: Question("q3", ItemType.TRUE_FALSE),
    ItemType.FILL_IN: Question("q4", ItemType.FILL_IN, blanks=2),
    ItemType.NUMERIC: Question("q5", ItemType.NUMERIC, unit="元"),
    ItemType.SHORT_ANSWER: Question("q6", ItemType.SHORT_ANSWER),
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
forms = st.sampled_from(["choice", "choices", "value", "blanks", "text"])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ItemType), json_values | st.dictionaries(forms, json_values, max_size=2))
def test_whatever_is_taken_can_be_hashed_and_counted_and_the_rest_is_refused(kind: ItemType, answer: Any) -> None:
    try:
        answers.check(QUESTIONS[kind], answer, seq=1)
    except BadAnswer:
        return
    assert canonical.digest(answer)
    assert answers.is_answered(answer) in (True, False)

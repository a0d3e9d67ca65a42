from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.kinds import ItemType
from scoring import theory
from scoring.theory import last_answers, score

KEYS: dict[ItemType, tuple[dict[str, Any], dict[str, Any]]] = {
    ItemType.SINGLE_CHOICE: ({}, {"right": ["b"]}),
    ItemType.MULTIPLE_CHOICE: ({}, {"right": ["a", "c"]}),
    ItemType.TRUE_FALSE: ({}, {"value": True}),
    ItemType.FILL_IN: ({"blanks": 3}, {"blanks": [["提示词", "Prompt"], ["AI模型"], ["0"]]}),
    ItemType.NUMERIC: ({"unit": "元"}, {"value": "1.50", "tolerance": "0.01"}),
}


def earned(kind: ItemType, answer: Any, points: int = 200) -> Fraction:
    content, key = KEYS[kind]
    return score(kind, content, key, points, answer)


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        (ItemType.SINGLE_CHOICE, {"choice": "b"}, 200),
        (ItemType.SINGLE_CHOICE, {"choice": "a"}, 0),
        (ItemType.SINGLE_CHOICE, {"choice": ["b"]}, 0),
        (ItemType.MULTIPLE_CHOICE, {"choices": ["c", "a"]}, 200),
        (ItemType.MULTIPLE_CHOICE, {"choices": ["a"]}, 0),
        (ItemType.MULTIPLE_CHOICE, {"choices": ["a", "b", "c"]}, 0),
        (ItemType.MULTIPLE_CHOICE, {"choices": []}, 0),
        (ItemType.MULTIPLE_CHOICE, {"choices": "ac"}, 0),
        (ItemType.TRUE_FALSE, {"value": True}, 200),
        (ItemType.TRUE_FALSE, {"value": False}, 0),
        (ItemType.TRUE_FALSE, {"value": 1}, 0),
        (ItemType.NUMERIC, {"text": "1.49"}, 200),
        (ItemType.NUMERIC, {"text": "1.51 元"}, 200),
        (ItemType.NUMERIC, {"text": "1.5100000000000000000000000001"}, 0),
        (ItemType.NUMERIC, {"text": "1.4899999999999999999999999999"}, 0),
        (ItemType.NUMERIC, {"text": 1.5}, 0),
    ],
)
def test_an_answer_earns_all_or_nothing(kind: ItemType, answer: Any, expected: int) -> None:
    assert earned(kind, answer) == expected


@pytest.mark.parametrize(
    ("blanks", "right"),
    [
        (["提示词", "AI模型", "0"], 3),
        (["ＰＲＯＭＰＴ", "ai 模型", " ０ "], 3),
        (["提示 词", "Ａ Ｉ模型", ""], 1),
        (["", "", ""], 0),
        (["提示词"], 1),
        (["提示词", "AI模型", "0", "more"], 3),
        ([None, "AI模型", 0], 1),
    ],
)
def test_each_blank_earns_an_equal_share_exactly(blanks: list[Any], right: int) -> None:
    assert earned(ItemType.FILL_IN, {"blanks": blanks}) == Fraction(200 * right, 3)


def test_a_short_answer_has_no_key_to_score_it_by() -> None:
    with pytest.raises(KeyError):
        score(ItemType.SHORT_ANSWER, {}, {"reference": "…"}, 100, {"text": "…"})


def test_multiple_choice_is_scored_by_a_named_policy() -> None:
    assert theory.MULTIPLE_CHOICE_POLICY == "ALL_OR_NOTHING"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["choice", "choices", "value", "blanks", "text", "x"]), inner, max_size=4
    ),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(kind=st.sampled_from(list(KEYS)), answer=ANYTHING, points=st.integers(1, 10_000))
def test_whatever_is_answered_earns_between_nothing_and_all(kind: ItemType, answer: Any, points: int) -> None:
    assert 0 <= earned(kind, answer, points) <= points


@settings(deadline=None, max_examples=100)
@given(key=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6))
def test_a_number_written_as_in_the_key_is_right_in_any_width(key: Decimal) -> None:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    stored = {"value": str(key), "tolerance": "0"}
    for text in (str(key), str(key).translate(wide), f"{key:,}", f" {key} 元"):
        assert score(ItemType.NUMERIC, {"unit": "元"}, stored, 100, {"text": text}) == 100


@settings(deadline=None, max_examples=50)
@given(st.permutations([(1, 1, "q1", "old"), (1, 2, "q1", "newer"), (2, 1, "q1", "newest"), (1, 3, "q2", "given"),
                        (2, 2, "q2", None), (1, 9, "q3", None), (2, 3, "q3", "again")]))  # fmt: skip
def test_the_last_answer_by_epoch_and_seq_counts_in_whatever_order_lines_are_read(log: list[Any]) -> None:
    assert last_answers(log) == {"q1": "newest", "q3": "again"}

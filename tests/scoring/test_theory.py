from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from items import MACHINE_SCORED, WORDINGS, composite

from questionbank.kinds import ItemType
from scoring import theory
from scoring.theory import last_answers, parts_of, score
from scoring.theory.hotspots import contains

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


ORDER = {"order": ["c", "a", "d", "b"]}
PAIRS = {"pairs": {"a": "c", "b": "a", "c": "a"}}
WEIGHTS = {"a": "0.5", "b": "0.333", "c": "0.4", "d": "-0.25"}
THIRDS = {"mode": "MAP", "weights": {"a": "1/3", "b": "1/3", "c": "1/3"}, "least": "0"}
GAPS = {"gaps": ["a", "b", "a"]}
RECT = {"shape": "RECT", "coords": [10, 10, 20, 20]}
CIRCLE = {"shape": "CIRCLE", "coords": [20, 20, 5]}
FAR = {"shape": "POLYGON", "coords": [50, 0, 60, 0, 60, 10]}


def weighed(least: str = "0") -> dict[str, Any]:
    return {"right": ["a", "b", "c"], "scoring": {"mode": "MAP", "weights": WEIGHTS, "least": least}}


SHARES: list[tuple[ItemType, dict[str, Any], Any, Fraction | int]] = [
    (ItemType.MULTIPLE_CHOICE, weighed(), ["a"], Fraction(1, 2)),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["b", "a"], Fraction(833, 1000)),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["a", "b", "c"], 1),
    (ItemType.MULTIPLE_CHOICE, {"right": ["a", "b", "c"], "scoring": THIRDS}, ["a", "b", "c"], 1),
    (ItemType.MULTIPLE_CHOICE, {"right": ["a", "b", "c"], "scoring": THIRDS}, ["a", "c"], Fraction(2, 3)),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["b", "d"], Fraction(83, 1000)),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["d"], 0),
    (ItemType.MULTIPLE_CHOICE, weighed("0.1"), ["d"], Fraction(1, 10)),
    (ItemType.MULTIPLE_CHOICE, weighed("0.1"), ["d", "a"], Fraction(1, 4)),
    (ItemType.MULTIPLE_CHOICE, weighed("0.1"), [], 0),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["a", "a"], Fraction(1, 2)),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["a", "z"], Fraction(1, 2)),
    (ItemType.MULTIPLE_CHOICE, weighed(), ["a", 1], 0),
    (ItemType.MULTIPLE_CHOICE, {"right": ["a"], "scoring": {"mode": "EXACT"}}, ["a"], 1),
    (ItemType.ORDERING, ORDER, ["c", "a", "d", "b"], 1),
    (ItemType.ORDERING, ORDER, ["c", "a", "b", "d"], 0),
    (ItemType.ORDERING, {**ORDER, "scoring": "PAIRS"}, ["c", "a", "d", "b"], 1),
    (ItemType.ORDERING, {**ORDER, "scoring": "PAIRS"}, ["d", "b", "c", "a"], Fraction(2, 3)),
    (ItemType.ORDERING, {**ORDER, "scoring": "PAIRS"}, ["b", "d", "a", "c"], 0),
    (ItemType.ORDERING, {**ORDER, "scoring": "PAIRS"}, ["c", "a", "d"], 0),
    (ItemType.ORDERING, {**ORDER, "scoring": "PAIRS"}, ["c", "a", "d", "b", "c", "a"], 0),
    (ItemType.ORDERING, ORDER, ["c", "a", "d", None], 0),
    (ItemType.MATCHING, PAIRS, {"a": "c", "b": "a", "c": "a"}, 1),
    (ItemType.MATCHING, PAIRS, {"a": "c", "b": "b"}, Fraction(1, 3)),
    (ItemType.MATCHING, PAIRS, {"a": "c", "z": "a"}, Fraction(1, 3)),
    (ItemType.MATCHING, PAIRS, {}, 0),
    (ItemType.MATCHING, PAIRS, {"a": ["c"]}, 0),
    (ItemType.MATCHING, PAIRS, [["a", "c"]], 0),
    (ItemType.MATCHING, {**PAIRS, "scoring": "EXACT"}, {"a": "c", "b": "a"}, 0),
    (ItemType.MATCHING, {**PAIRS, "scoring": "EXACT"}, {"a": "c", "b": "a", "c": "a"}, 1),
    (ItemType.INLINE_CHOICE, GAPS, ["a", "b", "a"], 1),
    (ItemType.INLINE_CHOICE, GAPS, ["a", None, "b"], Fraction(1, 3)),
    (ItemType.INLINE_CHOICE, GAPS, ["a"], Fraction(1, 3)),
    (ItemType.INLINE_CHOICE, GAPS, ["b", "a", "b", "a"], 0),
    (ItemType.INLINE_CHOICE, GAPS, "aba", 0),
    (ItemType.HOTSPOT, {"areas": [RECT]}, [[10, 20]], 1),
    (ItemType.HOTSPOT, {"areas": [RECT]}, [[9, 20]], 0),
    (ItemType.HOTSPOT, {"areas": [RECT, FAR]}, [[15, 15]], Fraction(1, 2)),
    (ItemType.HOTSPOT, {"areas": [RECT, FAR]}, [[15, 15], [16, 16]], Fraction(1, 2)),
    (ItemType.HOTSPOT, {"areas": [RECT, FAR]}, [[15, 15], [59, 2], [0, 0]], 1),
    (ItemType.HOTSPOT, {"areas": [RECT, CIRCLE]}, [[19, 19]], Fraction(1, 2)),
    (ItemType.HOTSPOT, {"areas": [RECT, CIRCLE]}, [[19, 19], [11, 11]], 1),
    (ItemType.HOTSPOT, {"areas": [RECT, CIRCLE]}, [[11, 11], [19, 19]], 1),
    (ItemType.HOTSPOT, {"areas": [CIRCLE, RECT]}, [[19, 19], [24, 22]], 1),
    (ItemType.HOTSPOT, {"areas": [RECT]}, [[15, 15]] * 4, 0),
    (ItemType.HOTSPOT, {"areas": [RECT]}, [[15.0, 15]], 0),
    (ItemType.HOTSPOT, {"areas": [RECT]}, [[15, 15, 15]], 0),
    (ItemType.HOTSPOT, {"areas": [RECT]}, {"0": [15, 15]}, 0),
]
FORMS = {
    ItemType.MULTIPLE_CHOICE: "choices",
    ItemType.ORDERING: "order",
    ItemType.MATCHING: "pairs",
    ItemType.INLINE_CHOICE: "gaps",
    ItemType.HOTSPOT: "points",
}


@pytest.mark.parametrize(("kind", "key", "answer", "share"), SHARES)
def test_an_answer_earns_its_exact_share(kind: ItemType, key: dict[str, Any], answer: Any, share: Any) -> None:
    assert score(kind, {"points": 3}, key, 700, {FORMS[kind]: answer}) == 700 * share


SQUARE = [0, 0, 10, 0, 10, 10, 0, 10]
NOTCHED = [0, 0, 20, 0, 20, 20, 10, 5, 0, 20]


@pytest.mark.parametrize(
    ("shape", "coords", "point", "is_inside"),
    [
        ("RECT", [5, 5, 9, 9], (5, 5), True),
        ("RECT", [5, 5, 9, 9], (9, 9), True),
        ("RECT", [5, 5, 9, 9], (10, 9), False),
        ("RECT", [5, 5, 9, 9], (5, 4), False),
        ("CIRCLE", [10, 10, 5], (15, 10), True),
        ("CIRCLE", [10, 10, 5], (13, 14), True),
        ("CIRCLE", [10, 10, 5], (14, 14), False),
        ("POLYGON", SQUARE, (0, 0), True),
        ("POLYGON", SQUARE, (10, 10), True),
        ("POLYGON", SQUARE, (5, 0), True),
        ("POLYGON", SQUARE, (10, 5), True),
        ("POLYGON", SQUARE, (5, 5), True),
        ("POLYGON", SQUARE, (11, 5), False),
        ("POLYGON", SQUARE, (-1, 0), False),
        ("POLYGON", SQUARE, (-1, 10), False),
        ("POLYGON", NOTCHED, (10, 5), True),
        ("POLYGON", NOTCHED, (10, 6), False),
        ("POLYGON", NOTCHED, (10, 4), True),
        ("POLYGON", NOTCHED, (1, 5), True),
        ("POLYGON", NOTCHED, (-5, 5), False),
        ("POLYGON", NOTCHED, (19, 19), False),
        ("POLYGON", NOTCHED, (19, 17), True),
    ],
)
def test_an_area_has_its_edge_and_what_is_within(
    shape: str, coords: list[int], point: tuple[int, int], is_inside: bool
) -> None:
    corners = list(zip(coords[::2], coords[1::2], strict=False))
    turned = [number for corner in reversed(corners) for number in corner]
    assert contains({"shape": shape, "coords": coords}, point) is is_inside
    if shape == "POLYGON":
        assert contains({"shape": shape, "coords": turned}, point) is is_inside


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10_000), st.lists(st.integers(1, 1_000), min_size=1, max_size=9))
def test_the_parts_of_a_composite_make_exactly_its_points(points: int, shares: list[int]) -> None:
    parts = [
        {"id": f"p{n}", "type": "TRUE_FALSE", "share": share, "content": {"stem": "?"}}
        for n, share in enumerate(shares)
    ]
    key = {"parts": {part["id"]: {"value": True} for part in parts}}
    assert sum(part.points for part in parts_of({"parts": parts}, key, points)) == points
    right = {"parts": {part["id"]: {"value": True} for part in parts}}
    assert score(ItemType.COMPOSITE, {"parts": parts}, key, points, right) == points


@pytest.mark.parametrize(
    ("parts", "share"),
    [
        ({"p1": {"value": True}, "p2": {"choice": "b"}}, 1),
        ({"p1": {"value": True}, "p2": {"choice": "a"}}, Fraction(1, 3)),
        ({"p1": None, "p2": {"choice": "b"}}, Fraction(2, 3)),
        ({"p2": {"choice": "b"}}, Fraction(2, 3)),
        ({"p1": "yes", "p3": {"value": True}}, 0),
        ([], 0),
        (None, 0),
    ],
)
def test_each_part_of_a_composite_earns_by_its_share(parts: Any, share: Any) -> None:
    case, key = composite(ItemType.TRUE_FALSE, ItemType.SINGLE_CHOICE)
    assert score(ItemType.COMPOSITE, case, key, 1000, {"parts": parts}) == 1000 * share


def test_a_composite_that_holds_a_written_part_is_not_scored_by_the_machine_alone() -> None:
    case, key = composite(ItemType.TRUE_FALSE, ItemType.SHORT_ANSWER)
    with pytest.raises(KeyError):
        score(ItemType.COMPOSITE, case, key, 100, {"parts": {"p1": {"value": True}, "p2": {"text": "…"}}})


def test_case_counts_only_where_the_key_says_so() -> None:
    key = {"blanks": [["Prompt"]]}
    assert score(ItemType.FILL_IN, {}, key, 100, {"blanks": ["ＰＲＯＭＰＴ"]}) == 100
    assert score(ItemType.FILL_IN, {}, {**key, "case_sensitive": True}, 100, {"blanks": ["ＰＲＯＭＰＴ"]}) == 0
    assert score(ItemType.FILL_IN, {}, {**key, "case_sensitive": True}, 100, {"blanks": [" Ｐrompt"]}) == 100


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


NAMES = ["choice", "choices", "value", "blanks", "text", "gaps", "order", "pairs", "points", "parts", "p1", "p2", "a"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from("abcd") | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=6,
)
MACHINE_SCORED_TYPES = st.sampled_from([*MACHINE_SCORED, ItemType.COMPOSITE])


@settings(deadline=None, max_examples=300)
@given(kind=MACHINE_SCORED_TYPES, answer=ANYTHING, form=st.sampled_from(NAMES), points=st.integers(1, 10_000))
def test_whatever_is_answered_earns_between_nothing_and_all(
    kind: ItemType, answer: Any, form: str, points: int
) -> None:
    content, key = WORDINGS[kind]
    assert 0 <= score(kind, content, key, points, answer) <= points
    assert 0 <= score(kind, content, key, points, {form: answer}) <= points


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

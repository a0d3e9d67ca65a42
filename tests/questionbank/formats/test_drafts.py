"""Answers, options and numbers in the many ways that people write them."""

import pytest

from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.drafts.settling import settle
from questionbank.interchange.model import Problem, ReadItem
from questionbank.interchange.sheets import options
from questionbank.kinds import ItemType


def settled(**fields: object) -> ReadItem | Problem:
    *_, last = settle(Draft(where="1", **{"stem": "题干", **fields}))  # type: ignore[arg-type]
    assert isinstance(last, ReadItem | Problem)
    return last


def key(**fields: object) -> object:
    item = settled(**fields)
    assert isinstance(item, ReadItem), item
    return item.key


def code(**fields: object) -> str:
    problem = settled(**fields)
    assert isinstance(problem, Problem), problem
    return problem.code


FOUR = ("甲", "乙", "丙", "丁")


@pytest.mark.parametrize(
    "answer",
    ["ABD", "A,B,D", "A;B;D", "A；B；D", "A、B、D", "A B D", "ＡＢＤ", "abd", "A|B|D", "甲;乙;丁", "D,B,A", "A.B.D"],
)
def test_several_right_options_are_read_in_each_writing(answer: str) -> None:
    assert key(type="多选题", options=FOUR, answer=answer) == {"right": ["a", "b", "d"]}


@pytest.mark.parametrize("answer", ["B", "b", "Ｂ", "B.乙", "乙", " B ", "B、"])
def test_one_right_option_is_read_in_each_writing(answer: str) -> None:
    assert key(type="单选题", options=FOUR, answer=answer) == {"right": ["b"]}


@pytest.mark.parametrize("answer", ["对", "正确", "√", "✓", "T", "True", "A", "是", "1", "（√）", "Y"])
def test_each_word_for_true_is_true(answer: str) -> None:
    assert key(type="判断题", answer=answer) == {"value": True}


@pytest.mark.parametrize("answer", ["错", "错误", "×", "✗", "F", "FALSE", "B", "否", "0", "X", "n"])
def test_each_word_for_false_is_false(answer: str) -> None:
    assert key(type="判断题", answer=answer) == {"value": False}


@pytest.mark.parametrize(
    ("answer", "blanks"),
    [
        ("甲；乙", [["甲"], ["乙"]]),
        ("甲;乙|二", [["甲"], ["乙", "二"]]),
        ("(1)甲 (2)乙", [["甲"], ["乙"]]),
        ("（1）甲；（2）乙", [["甲"], ["乙"]]),
        ("①甲②乙", None),
        ("① 甲 ② 乙", [["甲"], ["乙"]]),
        ("甲|乙", [["甲"], ["乙"]]),
        ("甲|||乙", [["甲"], ["乙"]]),
        ("甲、乙", [["甲"], ["乙"]]),
        ("甲\n乙", [["甲"], ["乙"]]),
        ("第1空：甲 第2空：乙", [["甲"], ["乙"]]),
        ("甲", None),
    ],
)
def test_answers_of_blanks_come_apart_as_many_times_as_the_stem_has_blanks(
    answer: str, blanks: list[list[str]] | None
) -> None:
    fields = {"type": "填空题", "stem": "先____后____", "answer": answer}
    if blanks is None:
        assert code(**fields) == "blanks_differ"
    else:
        assert key(**fields) == {"blanks": blanks}


@pytest.mark.parametrize(
    ("answer", "value", "tolerance", "unit"),
    [
        ("3.14", "3.14", "0", ""),
        ("-1.50±0.05", "-1.50", "0.05", ""),
        ("92%", "92", "0", "%"),
        ("25 kg", "25", "0", "kg"),
        ("9.8m/s²", "9.8", "0", "m/s²"),
        ("1,234.5", "1234.5", "0", ""),
        ("9.7~9.9", "9.8", "0.1", ""),
        ("3.14（误差0.01）", "3.14", "0.01", ""),
        ("５０", "50", "0", ""),
    ],
)
def test_numbers_are_read_with_tolerance_and_unit(answer: str, value: str, tolerance: str, unit: str) -> None:
    item = settled(type="数值题", answer=answer)
    assert isinstance(item, ReadItem)
    assert (item.key, item.content.get("unit", "")) == ({"value": value, "tolerance": tolerance}, unit)


@pytest.mark.parametrize("answer", ["一半", "1/2", "NaN", "1e999999999", "1e999999999~2e999999999", "3.14±x"])
def test_what_is_no_number_is_named_and_none_is_written_out_without_end(answer: str) -> None:
    assert code(type="数值题", answer=answer) == "not_decimal"


def test_points_are_small_decimals_and_nothing_else() -> None:
    item = settled(type="判断题", answer="对", points="2.5 分")
    assert isinstance(item, ReadItem)
    assert item.points == "2.5"
    warning, item = settle(Draft("1", "题干", type="判断题", answer="对", points="1e999999999"))
    assert isinstance(warning, Problem)
    assert isinstance(item, ReadItem)
    assert (warning.code, item.points) == ("points_unreadable", "")


@pytest.mark.parametrize("answer", ["A-2;B-1", "A2,B1", "A→2；B→1", "Ａ－２ Ｂ－１", "B-1|A-2", "A:2、B:1"])
def test_pairs_are_read_in_each_writing(answer: str) -> None:
    assert key(type="匹配题", options=FOUR[:2], matches=FOUR[:3], answer=answer) == {"pairs": {"a": "2", "b": "1"}}


@pytest.mark.parametrize("answer", ["BACD", "B,A,C,D", "B>A>C>D", "B→A→C→D", "乙;甲;丙;丁"])
def test_an_order_is_read_in_each_writing(answer: str) -> None:
    assert key(type="排序题", options=FOUR, answer=answer) == {"order": ["b", "a", "c", "d"]}


def test_a_word_for_either_choice_is_decided_by_the_answer() -> None:
    assert key(type="不定项选择题", options=FOUR, answer="A") == {"right": ["a"]}
    item = settled(type="选择题", options=FOUR, answer="AC")
    assert isinstance(item, ReadItem)
    assert item.type is ItemType.MULTIPLE_CHOICE


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("A.甲|B.乙", ("甲", "乙")),
        ("甲;乙;丙", ("甲", "乙", "丙")),
        ("A、甲\nB、乙", ("甲", "乙")),
        ("A. 甲 B. 乙 C. 丙", ("甲", "乙", "丙")),
        ("Ａ．甲；Ｂ．乙", ("甲", "乙")),
        ("(A)甲 (B)乙", ("甲", "乙")),
        ("甲|乙;丙", ("甲", "乙;丙")),
        ("甲$$乙", ("甲", "乙")),
        ("只有一个", ("只有一个",)),
    ],
)
def test_options_in_one_cell_come_apart(cell: str, texts: tuple[str, ...]) -> None:
    assert options.split(cell) == texts

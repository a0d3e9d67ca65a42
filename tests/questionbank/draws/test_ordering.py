from collections import Counter
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pools import MULTIPLE, TRUTH, item

from questionbank.assembly.model import Picked
from questionbank.assembly.ordering import Options, in_sections, option_orders

FOUR = tuple((letter, f"选项{letter}") for letter in "abcd")


def right_places(questions: list[Options], seed: str) -> list[int]:
    orders = option_orders(questions, seed)
    return [order.index(str(question.right)) for order, question in zip(orders, questions, strict=True)]


@given(st.text(max_size=6), st.integers(4, 80))
def test_right_answers_stand_everywhere_about_equally_often_and_without_long_runs(seed: str, count: int) -> None:
    places = right_places([Options(FOUR, right="a")] * count, seed)
    counts = [Counter(places)[place] for place in range(4)]
    assert max(counts) - min(counts) <= 2
    assert max(len(list(run)) for _, run in groupby(places)) <= 3


@given(st.text(max_size=6))
def test_every_option_is_there_once_and_the_same_seed_gives_the_same_order(seed: str) -> None:
    questions = [Options(FOUR, right="c"), Options(FOUR), Options((("x", "甲"), ("y", "乙")), right="y")]
    orders = option_orders(questions, seed)
    assert [sorted(order) for order in orders] == [list("abcd"), list("abcd"), ["x", "y"]]
    assert option_orders(questions, seed) == orders


@pytest.mark.parametrize(
    "text", ["以上都是", "以上都对。", "以上选项均不正确", "上述各项都是", "All of the above", "none of the above."]
)
def test_an_option_for_all_the_others_is_last(text: str) -> None:
    question = Options((("a", text), ("b", "甲"), ("c", "乙"), ("d", "丙")), right="b")
    for seed in "abcdefgh":
        assert option_orders([question], seed)[0][-1] == "a"


def test_an_option_that_only_mentions_the_above_is_shuffled_like_others() -> None:
    question = Options((("a", "以上述方法检验数据"), ("b", "甲"), ("c", "乙")))
    assert {option_orders([question], seed)[0][-1] for seed in "abcdefghijkl"} == {"a", "b", "c"}


def test_fixed_options_keep_their_place_and_count_in_the_balance() -> None:
    fixed = Options(FOUR, fixed=frozenset("ab"), right="b")
    orders = option_orders([fixed] * 3, "seed")
    assert all(order[:2] == ["a", "b"] for order in orders)
    places = right_places([fixed] * 6 + [Options(FOUR, right="a")] * 18, "seed")
    assert max(Counter(places).values()) - min(Counter(places).values()) <= 2


def test_sections_stand_in_the_order_of_types_then_tasks_and_chance_orders_the_rest() -> None:
    form = tuple(
        Picked(item(number, type=MULTIPLE if number % 2 else TRUTH, work_task=number % 3 + 1), 0)
        for number in range(24)
    )
    ordered = in_sections(form, "seed")
    kinds = [(picked.item.type is TRUTH, picked.item.work_task) for picked in ordered]
    assert kinds == sorted(kinds)
    assert sorted(ordered, key=form.index) == list(form)
    assert in_sections(form, "other") != ordered

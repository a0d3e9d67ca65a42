from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import SINGLE, TRUTH, cell, ids, item, mixed, numbers

from questionbank.assembly import checking
from questionbank.assembly.conflicts import conflict
from questionbank.assembly.drawing import one_form
from questionbank.assembly.model import (
    AllOrNone,
    Attribute,
    Enemy,
    Exclude,
    Form,
    Include,
    Number,
    PerStimulus,
    Picked,
    Plan,
    Rule,
    Sum,
    Where,
)
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.assembly.programme import programme
from questionbank.assembly.solving import generator, solve
from questionbank.errors import NoForm
from questionbank.kinds import Difficulty

HARD = Where(difficulties=(Difficulty.HARD,))
POOL = in_order(
    item(
        number,
        difficulty=Difficulty.HARD if number % 3 == 0 else Difficulty.EASY,
        seconds=30 + 10 * number,
        stimulus=f"S{number // 4}" if number < 8 else None,
    )
    for number in range(12)
)
RULES: list[Rule] = [
    Number(HARD, 3, 3),
    Number(HARD, 0, 1),
    Number(HARD, 4),
    Sum(Attribute.SECONDS, Where(), 0, 400),
    Sum(Attribute.SECONDS, Where(), 550),
    Sum(Attribute.LEVEL, Where(), 9, 9),
    Sum(Attribute.SECONDS, HARD, 200, 300),
    Enemy(ids(0, 1, 2, 3, 4)),
    Include(ids(7, 9)),
    Exclude(ids(1, 3, 5, 7, 9)),
    AllOrNone(ids(2, 5, 8)),
    PerStimulus(2, 3),
    PerStimulus(1, 1),
    PerStimulus(4, 4),
]


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_every_kind_of_rule_is_kept(rule: Rule) -> None:
    plan = Plan((cell(5),), (rule,))
    for seed in "abcdef":
        assert checking.broken(plan, one_form(plan, POOL, seed)) == []


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_the_programme_allows_exactly_the_forms_that_keep_the_rule(rule: Rule) -> None:
    plan = Plan((cell(3),), (rule,))
    pool = POOL[:8]
    model = programme(plan, pool)
    for chosen in combinations(range(8), 3):
        form = tuple(Picked(pool[place], 0) for place in chosen)
        out = np.array([place not in chosen for place in range(8)])
        allowed = solve(model, np.zeros(8), barred=out) is not None
        assert allowed == (checking.broken(plan, form) == []), numbers(form)


def test_of_a_family_at_most_one_is_drawn() -> None:
    pool = [item(number, family="F" if number < 6 else None) for number in range(10)]
    drawn = one_form(Plan((cell(5),)), pool, "seed")
    assert len(numbers(drawn) & set(range(6))) == 1


def test_enemies_never_meet_whichever_of_them_names_the_other() -> None:
    pool = [item(0, enemies=ids(1)), item(1), item(2)]
    for seed in "abcd":
        assert numbers(one_form(Plan((cell(2),)), pool, seed)) != {0, 1}


def test_an_item_that_fits_two_cells_fills_one_of_them() -> None:
    pool = [item(number, difficulty=Difficulty.HARD if number < 2 else Difficulty.EASY) for number in range(4)]
    plan = Plan((cell(2), cell(2, difficulties=(Difficulty.HARD,))))
    drawn = one_form(plan, pool, "seed")
    assert len(numbers(drawn)) == 4
    assert checking.broken(plan, drawn) == []


def test_a_set_with_a_missing_item_cannot_come() -> None:
    pool = [item(number) for number in range(3)]
    with pytest.raises(NoForm):
        one_form(Plan((cell(3),), (AllOrNone(ids(2, 99)),)), pool, "seed")


def test_an_item_that_must_be_included_and_is_not_there_leaves_no_form() -> None:
    with pytest.raises(NoForm):
        one_form(Plan((cell(1),), (Include(ids(99)),)), [item(1)], "seed")


def test_an_empty_pool_leaves_no_form() -> None:
    plan = Plan((cell(1),), (Number(HARD, 1), PerStimulus(1, 2)))
    assert len(conflict(plan, [])) == 1
    with pytest.raises(NoForm):
        one_form(plan, [], "seed")


def test_a_short_group_is_refused_and_never_filled_up_with_others() -> None:
    # PrairieLearn #308, chamilo #1795 and #3384: a wrong number of questions when a group is short.
    pool = [
        *(item(number, work_task=1) for number in range(2)),
        *(item(number, work_task=2) for number in range(10, 30)),
    ]
    plan = Plan((cell(3, work_tasks=(1,)), cell(3, work_tasks=(2,))))
    with pytest.raises(NoForm) as refused:
        one_form(plan, pool, "seed")
    assert refused.value.extra["conflict"] == [
        {"kind": "CELL", "where": {"work_tasks": [1], "types": ["SINGLE_CHOICE"]}, "count": 3, "points": 100}
    ]


def test_the_same_question_is_not_picked_for_two_groups() -> None:
    # RunestoneServer #1534.
    pool = [item(number, knowledge_point=number % 2 + 1) for number in range(6)]
    plan = Plan((cell(3, knowledge_points=(1, 2)), cell(3, knowledge_points=(1, 2))))
    assert len(numbers(one_form(plan, pool, "seed"))) == 6


def test_each_difficulty_can_be_asked_for_by_itself() -> None:
    # QSM #475.
    pool = mixed(60)
    plan = Plan(tuple(cell(2, difficulties=(band,)) for band in Difficulty))
    drawn = one_form(plan, pool, "seed")
    assert sorted(picked.item.level for picked in drawn) == [1, 1, 2, 2, 3, 3]


def test_similar_questions_are_not_in_one_paper() -> None:
    # funktrainer #22.
    pool = [item(number, family=f"F{number // 2}") for number in range(10)]
    drawn = one_form(Plan((cell(5),)), pool, "seed")
    assert len({picked.item.family for picked in drawn}) == 5


def test_the_same_seed_gives_the_same_form_in_whatever_order_the_pool_comes() -> None:
    pool = mixed(80)
    plan = Plan((cell(10), cell(5, types=(TRUTH,))), (Number(HARD, 4, 6),))
    first = one_form(plan, pool, "seed")
    assert one_form(plan, tuple(reversed(pool)), "seed") == first
    assert one_form(plan, pool, "another") != first


def test_the_optimum_is_the_cheapest_of_all_forms() -> None:
    pool = POOL[:8]
    plan = Plan((cell(3),), (Number(HARD, 1, 1), PerStimulus(1, 2)))
    costs = generator("seed").random(8)
    kept = [
        places
        for places in combinations(range(8), 3)
        if not checking.broken(plan, tuple(Picked(pool[place], 0) for place in places))
    ]
    best = min(kept, key=lambda places: costs[list(places)].sum())
    chosen = solve(programme(plan, pool), costs)
    assert chosen is not None
    assert tuple(np.flatnonzero(chosen[:8])) == best


def test_items_used_less_are_preferred() -> None:
    pool = [item(number, uses=0 if number in {3, 5, 8} else 1) for number in range(10)]
    assert numbers(one_form(Plan((cell(3),)), pool, "seed")) == {3, 5, 8}


def test_a_check_finds_what_no_form_may_have() -> None:
    plan = Plan((cell(2),))
    one, other = item(1, family="F", enemies=ids(2)), item(2, family="F")

    def faults(*items: PoolItem) -> list[Any]:
        form: Form = tuple(Picked(each, 0) for each in items)
        return checking.broken(plan, form)

    assert faults(one, one) == ["TWICE", "FAMILY"]
    assert faults(one, other) == ["FAMILY", "ENEMY"]
    assert faults(one) == [plan.cells[0]]
    assert faults(one, item(3, type=TRUTH)) == [plan.cells[0]]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(0, 3), st.integers(4, 8))
def test_whatever_is_drawn_keeps_its_plan(seed: int, count: int, lower: int, upper: int) -> None:
    pool = mixed(40, seed)
    rules = (Number(HARD, lower, upper), PerStimulus(1, 2), Sum(Attribute.SECONDS, Where(), 0, 90 * 12))
    plan = Plan((cell(count), cell(6, types=(SINGLE, TRUTH), work_tasks=(1,))), rules)
    try:
        drawn = one_form(plan, pool, str(seed))
    except NoForm:
        assert conflict(plan, pool)
    else:
        assert checking.broken(plan, drawn) == []

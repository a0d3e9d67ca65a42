from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pools import ids

from questionbank.assembly.eligibility import Policy
from questionbank.assembly.model import (
    AllOrNone,
    Attribute,
    Cell,
    Enemy,
    Exclude,
    Include,
    Number,
    PerStimulus,
    Rule,
    Sum,
    Where,
)
from questionbank.assembly.reading import cell_of, plan_of, policy_of, rule_of
from questionbank.assembly.telling import told
from questionbank.errors import BadBlueprint
from questionbank.kinds import Difficulty, Importance, ItemType

CELL = {"work_task": 1, "type": "SINGLE_CHOICE", "amount": 50, "points": 200}
WHERE = Where((1, 2), (3,), (ItemType.TRUE_FALSE,), (Difficulty.HARD,), (Importance.CORE,), (4,))
RULES: list[Rule] = [
    Number(WHERE, 2, 5),
    Number(Where(), 1),
    Sum(Attribute.SECONDS, WHERE, 0, 3600),
    Enemy(ids(1, 2)),
    Include(ids(3)),
    Exclude(ids(4)),
    AllOrNone(ids(5, 6)),
    PerStimulus(2, 3),
]


@pytest.mark.parametrize(("unit", "amount"), [("COUNT", 10), ("MARKS", 20_00), ("PERCENT", 20)])
def test_counts_marks_and_per_cent_ask_for_the_same_items(unit: str, amount: int) -> None:
    assert cell_of({**CELL, "unit": unit, "amount": amount}) == Cell(
        Where(work_tasks=(1,), types=(ItemType.SINGLE_CHOICE,)), 10, 200
    )


@pytest.mark.parametrize(("unit", "amount"), [("MARKS", 3_00), ("PERCENT", 3), ("COUNT", 0)])
def test_an_amount_that_is_no_whole_number_of_items_is_refused_and_never_rounded(unit: str, amount: int) -> None:
    with pytest.raises(BadBlueprint):
        cell_of({**CELL, "unit": unit, "amount": amount})


@pytest.mark.parametrize("points", [199, 201])
def test_a_blueprint_makes_exactly_a_hundred_points(points: int) -> None:
    assert plan_of({"cells": [CELL]}).points == 100_00
    with pytest.raises(BadBlueprint):
        plan_of({"cells": [{**CELL, "points": points}]})


def test_a_cell_names_knowledge_points_difficulty_and_importance() -> None:
    said = {"knowledge_points": [2, 3], "difficulty": "HARD", "importance": "X"}
    where = cell_of({**CELL, **said}).where
    assert (where.knowledge_points, where.difficulties, where.importances) == (
        (2, 3),
        (Difficulty.HARD,),
        (Importance.CORE,),
    )


def test_the_time_budget_is_a_sum_of_seconds() -> None:
    assert plan_of({"cells": [CELL], "minutes": 60}).rules == (Sum(Attribute.SECONDS, Where(), 0, 3600),)


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_a_rule_that_is_told_is_read_as_the_same_rule(rule: Rule) -> None:
    assert rule_of(told(rule)) == rule


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "ORDER"},
        {"kind": "SUM"},
        {"kind": "ENEMY"},
        {"kind": "PER_STIMULUS", "upper": 0},
        {"kind": "NUMBER", "lower": 3, "upper": 2},
        {"kind": "SUM", "attribute": "SECONDS", "lower": 2, "upper": 1},
    ],
)
def test_a_rule_that_is_none_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(BadBlueprint):
        rule_of(rule)


def test_a_policy_is_read_with_what_is_not_said_left_out() -> None:
    assert policy_of({"policy": {"cooldown_days": 30, "reserve_percent": 10}}) == Policy(30, None, 10)
    assert policy_of({}) == Policy()


@given(st.frozensets(st.uuids(), min_size=1, max_size=4))
def test_items_are_told_by_their_ids_in_order(items: frozenset[UUID]) -> None:
    assert told(Enemy(items)) == {"kind": "ENEMY", "item_ids": sorted(map(str, items))}

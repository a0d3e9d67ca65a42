from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import cell, ids, item, mixed

from questionbank.assembly.checking import keeps
from questionbank.assembly.conflicts import conflict, loosenings
from questionbank.assembly.model import AllOrNone, Attribute, Cell, Exclude, Include, Number, Plan, Rule, Sum, Where
from questionbank.assembly.pool import PoolItem
from questionbank.assembly.supply import supplies
from questionbank.kinds import Difficulty

EASY, HARD = Where(difficulties=(Difficulty.EASY,)), Where(difficulties=(Difficulty.HARD,))


def kept_by_some_form(plan: Plan, pool: Sequence[PoolItem]) -> set[frozenset[Cell | Rule]]:
    """Return, for every choice of items that fit a cell, which cells and rules it keeps."""
    fitting = [one for one in pool if any(each.where.matches(one) for each in plan.cells)]
    return {
        frozenset(
            [each for each in plan.cells if sum(map(each.where.matches, form)) == each.count]
            + [rule for rule in plan.rules if keeps(rule, list(form))]
        )
        for size in range(len(fitting) + 1)
        for form in combinations(fitting, size)
    }


def test_a_plan_that_can_be_kept_has_no_conflict() -> None:
    assert conflict(Plan((cell(3),)), [item(number) for number in range(3)]) == ()


def test_a_cell_that_asks_for_more_than_there_is_stands_alone() -> None:
    pool = [*(item(number) for number in range(3)), *(item(number, work_task=2) for number in range(10, 19))]
    short = cell(4, work_tasks=(1,))
    plan = Plan((cell(2, work_tasks=(2,)), short), (Number(EASY, 1), Sum(Attribute.SECONDS, Where(), 0, 9999)))
    assert conflict(plan, pool) == (short,)


def test_two_rules_that_exclude_each_other_are_both_named() -> None:
    plan = Plan((cell(3),), (Number(HARD, 0, 2), Include(ids(4)), Exclude(ids(2, 4))))
    assert conflict(plan, [item(number) for number in range(9)]) == (Include(ids(4)), Exclude(ids(2, 4)))


def test_two_cells_that_share_too_few_items_are_named_though_each_has_enough() -> None:
    pool = [item(number, knowledge_point=number % 2 + 1) for number in range(4)]
    wide, narrow = cell(3, work_tasks=(1,)), cell(2, work_tasks=(1,), knowledge_points=(1,))
    other = cell(1, work_tasks=(2,))
    plan = Plan((wide, narrow, other))
    assert all(supply.enough for supply in supplies(plan, [*pool, item(9, work_task=2)]))
    assert conflict(plan, [*pool, item(9, work_task=2)]) == (wide, narrow)


def test_of_two_conflicts_the_smaller_is_told() -> None:
    pool = [item(number, seconds=60) for number in range(20)]
    cells = tuple(cell(4, work_tasks=(1,), knowledge_points=(1,)) for _ in range(4))
    rules = (Sum(Attribute.SECONDS, Where(), 0, 600), Number(EASY, 0, 5), Number(EASY, 6, 16))
    assert conflict(Plan(cells, rules), pool) == rules[1:]


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10**6))
def test_no_conflict_is_smaller_than_the_one_that_is_told(seed: int) -> None:
    pool = mixed(12, seed)
    plan = Plan(
        (cell(3, work_tasks=(1,)), cell(3, work_tasks=(2,))),
        (Number(HARD, 3), Number(EASY, 3, 4), Sum(Attribute.SECONDS, Where(), 0, 200), AllOrNone(ids(1, 2, 3))),
    )
    kept = kept_by_some_form(plan, pool)
    parts = [*plan.cells, *plan.rules]
    conflicts = [
        chosen
        for size in range(len(parts) + 1)
        for chosen in combinations(parts, size)
        if not any(set(chosen) <= together for together in kept)
    ]
    found = conflict(plan, pool)
    assert bool(found) == bool(conflicts)
    assert not found or (found in conflicts and len(found) == len(conflicts[0]))


def test_what_would_have_to_give_way_is_told_with_the_amount() -> None:
    pool = [item(number, seconds=60) for number in range(20)]
    plan = Plan((cell(10),), (Sum(Attribute.SECONDS, Where(), 0, 540),))
    (loosening,) = loosenings(plan, pool)
    assert (loosening.rule, loosening.by) in [(plan.rules[0], 60.0), (plan.cells[0], 1.0)]


@pytest.mark.parametrize(("demand", "enough"), [(3, True), (4, False)])
def test_supply_counts_a_family_once_and_leaves_out_what_is_excluded(demand: int, *, enough: bool) -> None:
    families = {0: "F", 1: "F", 2: "F"}
    pool = [item(number, family=families.get(number)) for number in range(6)]
    (supply,) = supplies(Plan((cell(demand),), (Exclude(ids(5)),)), pool)
    assert (supply.supply, supply.usable, supply.demand, supply.enough) == (5, 3, demand, enough)

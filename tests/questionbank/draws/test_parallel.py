import random
from dataclasses import replace

import pytest
from pools import SINGLE, TRUTH, cell, item, mixed, shared

from questionbank.assembly import checking
from questionbank.assembly.model import Attribute, Form, Number, Plan, Where
from questionbank.assembly.parallel import filled_in, parallel_forms
from questionbank.errors import FormsTooUnlike, NoForm
from questionbank.kinds import Difficulty

PLAN = Plan(
    (cell(8, work_tasks=(1,)), cell(8, work_tasks=(2,)), cell(4, types=(TRUTH,))),
    (Number(Where(difficulties=(Difficulty.HARD,)), 4, 8),),
)


def sums(form: Form) -> tuple[int, float]:
    return sum(picked.item.level for picked in form), sum(picked.item.information for picked in form)


def test_three_forms_keep_the_plan_and_share_nothing() -> None:
    made = parallel_forms(PLAN, mixed(160), "seed", 3)
    assert [checking.broken(PLAN, form) for form in made.forms] == [[], [], []]
    assert [shared(made.forms[one], made.forms[other]) for one, other in ((0, 1), (0, 2), (1, 2))] == [0, 0, 0]


def test_the_forms_are_as_hard_and_tell_as_much_within_the_share_that_is_told() -> None:
    made = parallel_forms(PLAN, mixed(160), "seed", 3)
    (level, information), *others = map(sums, made.forms)
    assert made.apart <= 0.05
    for other_level, other_information in others:
        assert abs(other_level - level) <= made.apart * level + 1e-6
        assert abs(other_information - information) <= made.apart * information + 1e-6


def test_forms_from_a_small_pool_share_no_more_than_they_may() -> None:
    pool = [item(number, type=SINGLE) for number in range(18)]
    plan = Plan((cell(10),))
    made = parallel_forms(plan, pool, "seed", 2, overlap=2)
    assert shared(*made.forms) == 2
    with pytest.raises(FormsTooUnlike):
        parallel_forms(plan, pool, "seed", 2, overlap=1)


def test_a_plan_without_a_form_is_told_as_such() -> None:
    with pytest.raises(NoForm):
        parallel_forms(Plan((cell(3),)), [item(1)], "seed", 2)


def test_the_same_seed_gives_the_same_forms() -> None:
    pool = mixed(120)
    assert parallel_forms(PLAN, pool, "seed", 2) == parallel_forms(PLAN, tuple(reversed(pool)), "seed", 2)
    assert parallel_forms(PLAN, pool, "seed", 2) != parallel_forms(PLAN, pool, "other", 2)


def test_forms_are_alike_in_what_was_measured_where_only_some_items_were() -> None:
    rng = random.Random(4)  # noqa: S311 (a pool, not a secret)
    pool = [
        replace(one, information=rng.uniform(0.1, 0.6), expected=rng.uniform(0.3, 0.9))
        if number % 3
        else replace(one, information=0.0)
        for number, one in enumerate(mixed(160))
    ]
    made = parallel_forms(PLAN, pool, "seed", 2)
    filled = {
        attribute: dict(zip((one.version_id for one in pool), filled_in(pool, attribute), strict=True))
        for attribute in (Attribute.INFORMATION, Attribute.EXPECTED)
    }
    for values in filled.values():
        one, other = (sum(values[picked.item.version_id] for picked in form) for form in made.forms)
        assert abs(one - other) <= made.apart * one + 1e-6


def test_an_item_nobody_measured_counts_as_the_others_of_its_difficulty() -> None:
    hard = [item(1, difficulty=Difficulty.HARD, expected=0.2), item(2, difficulty=Difficulty.HARD)]
    easy = [item(3, expected=0.8), item(4, expected=0.6), item(5), item(6, difficulty=Difficulty.MEDIUM)]
    values = filled_in([*hard, *easy], Attribute.EXPECTED)
    assert values.tolist() == pytest.approx([0.2, 0.2, 0.8, 0.6, 0.7, 1.6 / 3])
    assert filled_in([item(1)], Attribute.EXPECTED).tolist() == [0]

import pytest
from pools import SINGLE, TRUTH, cell, item, mixed, shared

from questionbank.assembly import checking
from questionbank.assembly.model import Form, Number, Plan, Where
from questionbank.assembly.parallel import parallel_forms
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

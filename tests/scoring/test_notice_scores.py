"""The score of the notice: 140号 四 (F02 to F05, F08, E08)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import World

from examsvc.core.db import Database
from examsvc.delivery import planning
from examsvc.delivery.models import ExamSession
from questionbank import drawing
from questionbank.draw import Row
from questionbank.errors import BadBlueprint
from questionbank.kinds import ItemType
from scoring import aggregate
from scoring.aggregate import Component
from scoring.states import ComponentKind

FULL = 100_00


@pytest.mark.parametrize(("points", "is_pass"), [(59_99, False), (60_00, True), (60_01, True), (0, False)])
def test_f05_e08_sixty_passes_and_a_hundredth_less_does_not(points: int, is_pass: bool) -> None:
    assert aggregate.is_pass(points) == is_pass


def test_f05_the_published_total_is_what_is_compared_with_sixty() -> None:
    assert aggregate.is_pass(aggregate.published(Fraction(59_95), 1))
    assert not aggregate.is_pass(aggregate.published(Fraction(59_949, 10), 1))


@pytest.mark.parametrize(("theory", "practical"), [(0, FULL), (FULL, Fraction(33_34))])
def test_f05_no_component_has_a_floor_of_its_own(theory: int, practical: Fraction) -> None:
    """The notice names the total only (domain.md 1.11 no. 7): nothing in theory and all in practice is 60."""
    parts = [Component(40, Fraction(theory), FULL), Component(60, Fraction(practical), FULL)]
    assert aggregate.is_pass(aggregate.published(aggregate.weighted_total(parts), 1))


@settings(deadline=None, max_examples=50)
@given(share=st.integers(0, 100), one=st.integers(0, FULL), other=st.integers(0, FULL))
def test_f04_a_total_is_between_0_and_100_points(share: int, one: int, other: int) -> None:
    parts = [Component(share, Fraction(one), FULL), Component(100 - share, Fraction(other), FULL)]
    assert 0 <= aggregate.weighted_total(parts) <= aggregate.FULL_MARKS == 100_00


def test_f03_a_scheme_is_assessed_in_theory_and_in_practice(world: World) -> None:
    assert set(ComponentKind) == {"THEORY", "PRACTICAL"}
    shares = [(task.theory_share, task.practical_share) for task in world.specification.work_tasks]
    assert shares == [(20, 40), (20, 20)]
    assert world.paper.items
    assert world.paper.practical_tasks


def test_f02_b01_a_paper_has_each_work_tasks_weight_of_the_filed_specification(
    database: Database, world: World
) -> None:
    """20 of 40 points of theory for each task are 50 of the paper's 100."""
    assert world.bank.specification_id == world.filing.specification_id
    for first, second, is_taken in ((50_00, 50_00, True), (49_00, 51_00, False)):
        rows = [Row(1, ItemType.TRUE_FALSE, 1, first), Row(2, ItemType.TRUE_FALSE, 1, second)]
        with database.transaction() as db:
            if is_taken:
                assert drawing.add_blueprint(db, world.bank.id, "比重", rows, now=world.now).id
            else:
                with pytest.raises(BadBlueprint):
                    drawing.add_blueprint(db, world.bank.id, "比重", rows, now=world.now)


def test_f08_where_the_notice_is_silent_practice_is_the_default_and_can_be_set(
    database: Database, world: World
) -> None:
    """domain.md 2.4: latest entry and earliest hand-in differ by the issuer, so that each session says its own."""
    fields = planning.SessionPlan.__dataclass_fields__
    assert (fields["late_entry_minutes"].default, fields["earliest_hand_in_minutes"].default) == (30, 30)
    wanted = {name: getattr(world.exam_session, name) for name in fields}
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    with database.transaction() as db:
        plan = planning.SessionPlan(**{**wanted, "code": "S2", "late_entry_minutes": 15})
        made = planning.create_session(db, plan, **act)
        assert db.get_one(ExamSession, made.id).late_entry_minutes == 15

"""Panels, opinions, meetings, conclusions."""

from datetime import timedelta
from itertools import product

import pytest
from casework import Casework
from hypothesis import given, settings
from hypothesis import strategies as st
from moments import NINE_IN_SHANGHAI
from reviewing import PANEL, Reviewing
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.core.errors import NotFound, Refusal
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.desks import tasks
from examsvc.registry.reviews import concluding, interests, opening, opining, panels, viewing
from examsvc.registry.reviews.errors import (
    BadPanel,
    ExpertConflict,
    MeetingExists,
    MeetingHeld,
    NoReviewDue,
    NotAnExpert,
    OpinionChanged,
    OwnOpinion,
    ReasonMissing,
    ReviewOver,
    ReviewRunning,
    ReviewUnfinished,
)
from examsvc.registry.reviews.interests import Interest
from examsvc.registry.reviews.kinds import Conclusion, MeetingKind, MeetingResult, OpinionValue, ReviewKind
from examsvc.registry.reviews.models import Panellist, PanelOpinion, Review
from examsvc.registry.reviews.opening import Appointment

pytestmark = pytest.mark.slow

PASS, FAIL, ABSTAIN = OpinionValue.PASS, OpinionValue.FAIL, OpinionValue.ABSTAIN


@pytest.fixture
def running(db: Session) -> tuple[Reviewing, Review]:
    """An initiation review with three experts."""
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.MATERIALS_CHECKED)
    return world, world.opened()


@pytest.mark.parametrize(("size", "chairs"), list(product(range(8), range(3))))
def test_a12_a_panel_has_at_least_three_experts_an_odd_number_and_one_chair(size: int, chairs: int) -> None:
    seats = [number < chairs for number in range(size)]
    assert panels.is_panel(seats) == (size in (3, 5, 7) and chairs == 1)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(OpinionValue), min_size=1, max_size=9))
def test_a_panel_carries_only_with_more_than_half_of_all_its_experts(opinions: list[OpinionValue]) -> None:
    assert panels.is_carried(opinions) == (opinions.count(PASS) > len(opinions) / 2)
    assert panels.needs_reason(Conclusion.PASS, opinions, []) != panels.is_carried(opinions)
    assert panels.needs_reason(Conclusion.PASS, opinions, [MeetingResult.FAIL])
    assert panels.needs_reason(Conclusion.REJECT, opinions, [])


def test_d07_only_the_organisation_review_needs_panel_hearing_and_site_visit() -> None:
    assert panels.missing(ReviewKind.ORGANISATION, [PASS, None, PASS], [MeetingKind.HEARING]) == [
        *("OPINIONS", "PANEL", "SITE_VISIT")
    ]
    assert panels.missing(ReviewKind.INITIATION, [PASS], []) == panels.missing(ReviewKind.SCHEME, [FAIL], []) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("state", [state for state in CaseState if state != CaseState.DRAFT])
def test_d03_d07_d08_a_review_is_opened_only_where_the_case_waits_for_one(db: Session, state: CaseState) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), state)
    due = {
        CaseState.MATERIALS_CHECKED: ReviewKind.INITIATION,
        CaseState.APPLIED: ReviewKind.ORGANISATION,
        CaseState.HANDED_IN: ReviewKind.SCHEME,
    }
    if state in due:
        assert world.opened().kind == due[state]
        with pytest.raises(ReviewRunning):
            world.opened()
    else:
        with pytest.raises(NoReviewDue):
            world.opened()


@pytest.mark.parametrize("names", [PANEL[:2], ("expert1", "expert1", "expert2"), ("expert1", "expert2")])
def test_a12_a_wrong_panel_is_refused(db: Session, names: tuple[str, ...]) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.APPLIED)
    with pytest.raises(BadPanel):
        opening.open_review(db, world.case.id, 1, world.panel(*names), **world.act())


@pytest.mark.parametrize(("who", "refusal"), [("centre2", NotAnExpert), ("insider", ExpertConflict)])
def test_a12_only_experts_are_appointed_and_none_who_belongs_to_the_organisation(
    db: Session, who: str, refusal: type[Refusal]
) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.APPLIED)
    with pytest.raises(refusal) as refused:
        opening.open_review(db, world.case.id, 1, world.panel("expert1", "expert2", who), **world.act())
    assert refused.value.extra["account_id"] == str(world.work.accounts[who].id)


@pytest.mark.parametrize("in_department", [True, False])
def test_a12_an_expert_with_a_declared_interest_is_refused(db: Session, *, in_department: bool) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.APPLIED)
    case = world.case
    typed = case.credit_code.lower()  # as somebody may type it
    interest = Interest(None, case.department_id) if in_department else Interest(typed, None)
    first = interests.declare(db, interest, "顾问", **world.act("expert3"))
    assert interests.declare(db, interest, "顾问", **world.act("expert3")) is first
    with pytest.raises(ExpertConflict) as refused:
        world.opened()
    assert refused.value.extra == {"account_id": str(world.work.accounts["expert3"].id), "why": "interest"}


def test_a12_a_panellist_reads_his_case_and_no_other_until_the_conclusion(running: tuple[Reviewing, Review]) -> None:
    world, review = running
    db, expert = world.work.db, world.work.by("expert1")
    world.work.case(CaseState.MATERIALS_CHECKED)
    assert list(db.scalars(select(Case.id).where(cases.readable(expert)))) == [world.case.id]
    world.all_say(review)
    concluding.conclude(db, review.id, world.case.version, Conclusion.PASS, "", **world.act())
    assert not db.scalars(select(Case.id).where(cases.readable(expert))).all()


def test_a12_a_case_that_is_withdrawn_is_no_task_of_its_panel_and_read_by_it_no_longer(
    running: tuple[Reviewing, Review],
) -> None:
    world, _ = running
    db, expert = world.work.db, world.work.by("expert1")
    assert [task["case_id"] for task in tasks.of(db, by=expert)] == [world.case.id]
    world.advance(CaseState.WITHDRAWN)
    assert not db.scalars(select(Case.id).where(cases.readable(expert))).all()
    assert tasks.of(db, by=expert) == []


def test_a12_an_expert_sees_no_other_opinion_until_he_gave_his_own(running: tuple[Reviewing, Review]) -> None:
    world, review = running
    world.say(review, "expert1", FAIL, text="不同意")

    def seen(who: str) -> list[tuple[bool, OpinionValue | None, str]]:
        shown = viewing.view(world.work.db, review, by=world.work.by(who))["panellists"]
        return [(seat["has_opinion"], seat["opinion"], seat["text"]) for seat in shown]

    unseen, said = (False, None, ""), (True, FAIL, "不同意")
    assert seen("expert2") == [(True, None, ""), unseen, unseen]
    assert seen("expert1") == seen("centre1") == [said, unseen, unseen]
    world.say(review, "expert2", PASS, text="同意")
    assert seen("expert2") == [said, (True, PASS, "同意"), unseen]
    assert seen("recommender") == seen("applicant") == []
    entries = audit.history(world.work.db, world.case.audit_stream)
    assert "不同意" not in str([entry.detail for entry in entries])
    assert "expert1先生" not in {entry.actor_name for entry in entries}


def test_a12_an_expert_gives_his_own_opinion_only_and_every_change_is_audited(
    running: tuple[Reviewing, Review],
) -> None:
    world, review = running
    db = world.work.db
    with pytest.raises(NotFound):
        world.say(review, "insider", PASS)
    world.say(review, "expert1", FAIL)
    with pytest.raises(OpinionChanged):
        world.say(review, "expert1", PASS, number=0)
    world.say(review, "expert1", PASS, number=1)
    kept = db.scalars(select(PanelOpinion).order_by(PanelOpinion.number)).all()
    assert [(one.number, one.opinion) for one in kept] == [(1, FAIL), (2, PASS)]
    said = [entry for entry in audit.history(db, review.audit_stream) if entry.action == "opinion.given"]
    assert [entry.detail["number"] for entry in said] == [1, 2]
    assert audit.verify(db, review.audit_stream) is None


def test_a12_who_declares_an_interest_stands_down_and_is_replaced_in_the_chair(
    running: tuple[Reviewing, Review],
) -> None:
    world, review = running
    db, work = world.work.db, world.work
    world.all_say(review)
    opining.declare_interest(db, review.id, "近亲属在该机构任职", **world.act("expert1"))
    with pytest.raises(NotFound):
        cases.find(db, world.case.id, by=work.by("expert1"))
    with pytest.raises(NotFound):
        world.say(review, "expert1", PASS, number=1)
    with pytest.raises(BadPanel):
        concluding.conclude(db, review.id, world.case.version, Conclusion.PASS, "", **world.act())
    gone, outsider = review.panellists[0], world.hire_expert("expert4")
    for refused, who in ((BadPanel, work.accounts["expert2"].id), (ExpertConflict, work.accounts["insider"].id)):
        with pytest.raises(refused):
            opening.replace(db, review.id, world.case.version, gone.id, who, "回避", **world.act())
    opening.replace(db, review.id, world.case.version, gone.id, outsider, "回避", **world.act())
    assert [one.is_chair for one in review.sitting_panel if one.account_id == outsider] == [True]
    assert concluding.outstanding(review) == ["OPINIONS"]
    assert interests.conflicts(db, world.case, [gone.account_id]) == {gone.account_id: "interest"}


def test_d07_the_organisation_review_waits_for_opinions_and_for_the_minutes_of_all_three(db: Session) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI - timedelta(days=200)), CaseState.APPLIED)
    review = world.opened()
    with pytest.raises(ReviewUnfinished) as refused:
        concluding.conclude(db, review.id, world.case.version, Conclusion.PASS, "", **world.act())
    assert refused.value.extra == {"missing": ["OPINIONS", "PANEL", "HEARING", "SITE_VISIT"]}
    world.hold_all(review)
    assert concluding.outstanding(review) == ["OPINIONS"]
    world.all_say(review)
    concluding.conclude(db, review.id, world.case.version, Conclusion.PASS, "", **world.act())
    assert world.case.state == CaseState.DEVELOPING
    assert world.case.due_at is not None


def test_d07_minutes_are_recorded_once_with_their_document(db: Session) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.APPLIED)
    review = world.opened()
    meeting_id = world.hold(review, MeetingKind.HEARING)
    with pytest.raises(MeetingExists):
        world.hold(review, MeetingKind.HEARING)
    held = next(one for one in review.meetings if one.id == meeting_id)
    assert held.document_id
    with pytest.raises(MeetingHeld):
        world.rehold(review, meeting_id)
    told = [entry.action for entry in audit.history(db, world.case.audit_stream)]
    assert told == ["review.opened", "meeting.planned", "document.kept", "meeting.recorded"]


@pytest.mark.parametrize(
    ("state", "conclusion", "leads_to"),
    [
        (CaseState.MATERIALS_CHECKED, Conclusion.PASS, CaseState.EXPERT_REVIEWED),
        (CaseState.MATERIALS_CHECKED, Conclusion.RETURN, CaseState.RETURNED),
        (CaseState.MATERIALS_CHECKED, Conclusion.REJECT, CaseState.REJECTED),
        (CaseState.APPLIED, Conclusion.REJECT, CaseState.REJECTED),
        (CaseState.HANDED_IN, Conclusion.PASS, CaseState.SCHEME_ASSESSED),
        (CaseState.HANDED_IN, Conclusion.REJECT, CaseState.REJECTED),
    ],
)
def test_d03_d07_d08_a_conclusion_moves_the_case(
    db: Session, state: CaseState, conclusion: Conclusion, leads_to: CaseState
) -> None:
    world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), state)
    review = world.opened()
    world.hold_all(review)
    world.all_say(review)
    concluding.conclude(db, review.id, world.case.version, conclusion, "理由", **world.act())
    assert (world.case.state, review.conclusion, review.concluded_by_name) == (leads_to, conclusion, "centre1先生")
    for verb in (lambda: world.say(review, "expert1", PASS, number=1), lambda: world.hold(review, MeetingKind.PANEL)):
        with pytest.raises(ReviewOver):
            verb()


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("opinions", "conclusion"),
    [
        ((PASS, FAIL, ABSTAIN), Conclusion.PASS),
        ((PASS, PASS, PASS), Conclusion.RETURN),
        ((FAIL, FAIL, FAIL), Conclusion.REJECT),
    ],
)
def test_what_turns_a_case_down_or_departs_from_the_panel_needs_a_reason(
    running: tuple[Reviewing, Review], opinions: tuple[OpinionValue, ...], conclusion: Conclusion
) -> None:
    world, review = running
    world.all_say(review, *opinions)
    with pytest.raises(ReasonMissing):
        concluding.conclude(world.work.db, review.id, world.case.version, conclusion, "", **world.act())
    concluding.conclude(world.work.db, review.id, world.case.version, conclusion, "综合考虑", **world.act())


def test_who_sat_on_the_panel_does_not_conclude_its_review(running: tuple[Reviewing, Review]) -> None:
    world, review = running
    world.all_say(review)
    with pytest.raises(OwnOpinion):
        concluding.conclude(world.work.db, review.id, world.case.version, Conclusion.PASS, "", **world.both("expert2"))


def test_two_registrars_cannot_conclude_one_review(database: Database) -> None:
    with database.transaction() as db:
        world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.MATERIALS_CHECKED)
        review = world.opened()
        world.all_say(review)
        review_id, version = review.id, world.case.version
        first, second = world.act("centre1"), world.act("centre2")
    with database.transaction() as db:
        concluding.conclude(db, review_id, version, Conclusion.PASS, "", **first)
    with pytest.raises(CaseMovedOn), database.transaction() as db:
        concluding.conclude(db, review_id, version, Conclusion.REJECT, "不同意", **second)
    with database.reading() as db:
        assert db.get_one(Review, review_id).conclusion == Conclusion.PASS


def test_an_opinion_given_in_the_meantime_stops_a_conclusion_on_what_was_seen_before(database: Database) -> None:
    with database.transaction() as db:
        world = Reviewing.at(Casework(db, NINE_IN_SHANGHAI), CaseState.MATERIALS_CHECKED)
        review = world.opened()
        world.all_say(review)
        review_id, seen, centre = review.id, world.case.version, world.act("centre1")
        expert = world.act("expert3")
    with database.transaction() as db:
        opining.give(db, review_id, 1, FAIL, "补充意见", **expert)
    with pytest.raises(CaseMovedOn), database.transaction() as db:
        concluding.conclude(db, review_id, seen, Conclusion.PASS, "", **centre)
    with database.reading() as db:
        seats = db.scalars(select(Panellist).where(Panellist.review_id == review_id).order_by(Panellist.id))
        assert [one.opinion for one in seats] == [PASS, PASS, FAIL]


def test_a_second_round_begins_with_a_fresh_panel(running: tuple[Reviewing, Review]) -> None:
    world, review = running
    world.all_say(review)
    concluding.conclude(world.work.db, review.id, world.case.version, Conclusion.RETURN, "补充材料", **world.act())
    for state in (CaseState.DRAFT, CaseState.SUBMITTED, CaseState.MATERIALS_CHECKED):
        cases.advance(world.work.db, world.case, state, **world.act())
    again = world.opened()
    assert (again.round, [one.opinion for one in again.panellists]) == (2, [None] * 3)
    assert Appointment(again.panellists[0].account_id, is_chair=True) == world.panel()[0]

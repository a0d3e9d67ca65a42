"""The common start over the socket: told once, to who waits, with the keys of the own sealed paper."""

from datetime import datetime, timedelta

from sitters import Sitter
from starts import Page, RoundAt, heard, move_start
from waiters import Waiter
from world import World

from examsvc.core.db import Database, get
from examsvc.delivery import withholding
from examsvc.delivery.models import ExamSession
from examsvc.delivery.sealed.pacing import SHORTEST_MS
from examsvc.delivery.states import ClockRule
from proctoring.starting import LATEST

MS = timedelta(milliseconds=1)


def test_at_the_start_each_waiting_page_is_told_the_keys_of_its_own_paper(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    sealed = [(waiter.sealed(), waiter.preload()["paper_digest"]) for waiter in waiters]
    pages = [page(waiter) for waiter in waiters]
    round_at(starts_at - MS)
    assert [heard(each) for each in pages] == [[], []]
    round_at(starts_at)
    ((mine,), (theirs,)) = (heard(each) for each in pages)
    assert mine["paper_key"] != theirs["paper_key"]
    assert mine["claim_within_ms"] == SHORTEST_MS
    for waiter, (body, digest), told in zip(waiters, sealed, (mine, theirs), strict=True):
        assert waiter.open(body, told["paper_key"], digest)["title"] == "测试场次"
        assert waiter.sitter.claim()["paper_key"] == told["paper_key"]


def test_the_start_is_told_once(waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime) -> None:
    mine = page(waiters[0])
    for seconds in range(3):
        round_at(starts_at + timedelta(seconds=seconds))
    assert len(heard(mine)) == 1


def test_both_tabs_of_a_candidate_are_told(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    tabs = [page(waiters[0]), page(waiters[0])]
    round_at(starts_at)
    assert [len(heard(tab)) for tab in tabs] == [1, 1]


def test_who_has_not_done_every_step_is_told_nothing(
    sitters: list[Sitter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    mine = page(Waiter(sitters[0].enter()))
    round_at(starts_at)
    assert heard(mine) == []


def test_nobody_is_told_of_a_start_long_ago(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    mine = page(waiters[0])
    round_at(starts_at + LATEST)
    assert heard(mine) == []


def test_papers_that_were_withheld_are_told_once_more_when_they_are_allowed(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime, database: Database, world: World
) -> None:
    mine, by = page(waiters[0]), world.by("proctor1")
    with database.transaction() as db:
        get(db, ExamSession, world.exam_session.id).papers_withheld_at = starts_at - MS
    round_at(starts_at)
    assert heard(mine) == []
    allowed_at = starts_at + timedelta(minutes=7)
    with database.transaction() as db:
        withholding.allow(db, world.exam_session.id, reason="继续", by=by, now=allowed_at)
    for seconds in range(3):
        round_at(allowed_at + timedelta(seconds=seconds))
    assert [told["claim_within_ms"] for told in heard(mine)] == [SHORTEST_MS]
    round_at(allowed_at + LATEST)
    assert heard(mine) == []


def test_by_a_personal_clock_nobody_is_told(
    waiters: list[Waiter],
    page: Page,
    round_at: RoundAt,
    starts_at: datetime,
    database: Database,
    world: World,
) -> None:
    mine = page(waiters[0])
    move_start(database, world, starts_at, clock_rule=ClockRule.PERSONAL)
    round_at(starts_at)
    assert heard(mine) == []


def test_a_moved_start_is_told_at_its_new_hour_with_another_key(
    waiters: list[Waiter],
    page: Page,
    round_at: RoundAt,
    starts_at: datetime,
    database: Database,
    world: World,
) -> None:
    mine = page(waiters[0])
    round_at(starts_at)
    (first,) = heard(mine)
    later = starts_at + timedelta(minutes=5)
    move_start(database, world, later)
    round_at(later - MS)
    assert heard(mine) == []
    round_at(later)
    (second,) = heard(mine)
    assert second["paper_key"] != first["paper_key"]

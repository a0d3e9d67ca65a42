"""A proctor's tablet at the door of a room: scanning or typing, confirming the person, marking who is absent."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed
from playwright.sync_api import Page, expect
from sqlalchemy import select
from test_office import AXE_OPTIONS

from examsvc.core.db import get
from examsvc.delivery.handouts import ticket_codes
from examsvc.delivery.models import ExamSession, StationDraw
from examsvc.delivery.rooms import using
from examsvc.delivery.states import SittingState
from examsvc.registry.applications.kinds import RoomKind

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


def at_the_door(page_for: PageFor, exam_session_id: UUID) -> Page:
    """The tablet of a proctor who goes to the door of the exam session."""
    page = page_for("proctor1", f"/wall/{exam_session_id}/door", **TABLET)
    page.get_by_role("link", name=re.compile("考场")).last.click()
    expect(page.get_by_role("button", name="扫描准考证")).to_be_visible()
    return page


def test_candidates_are_checked_in_by_their_ticket_and_who_did_not_come_is_marked_absent(
    page_for: PageFor, seed: Seed
) -> None:
    exam_session_id = seed.exam(starts_in=-600, login_absent_minutes=60, late_entry_minutes=30)
    first, second, third = seed.tickets(exam_session_id, 3)
    page = at_the_door(page_for, exam_session_id)

    page.get_by_label("准考证号").fill(first.number)
    page.get_by_role("button", name="查找").click()
    card = page.get_by_role("region", name=first.name)
    expect(card).to_contain_text("01-01")
    expect(card.get_by_role("img", name=f"{first.name}的报名照片")).to_be_visible()
    expect(card).not_to_contain_text(first.proof)
    card.get_by_label("出示的证件").select_option(label="护照")
    expect(card).to_contain_text("与报名时的证件（居民身份证）不同")
    card.get_by_role("button", name="人证一致").tap()
    expect(card).to_contain_text("已签到")
    card.get_by_role("button", name="下一位").tap()

    page.get_by_label("准考证号").fill(ticket_codes.code(second.number))  # what a hand scanner types
    page.get_by_role("button", name="查找").click()
    card = page.get_by_role("region", name=second.name)
    card.get_by_role("button", name="不予入场").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("人证不符").check()
    dialog.get_by_role("button", name="不予入场").tap()
    expect(card).to_contain_text("未准入场")
    expect(page.get_by_role("button", name="确认缺考")).to_be_disabled()

    with seed.transaction() as db:  # entry closes in a second
        get(db, ExamSession, exam_session_id).starts_at = datetime.now(UTC) + timedelta(seconds=1, minutes=-30)
    page.get_by_role("button", name="确认缺考").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 名考生到场但未准入场")
    expect(dialog.get_by_role("listitem")).to_have_text([f"01-03 {third.name}", f"01-02 {second.name} 人证不符"])
    dialog.get_by_role("button", name="确认", exact=True).tap()
    expect(page.get_by_role("group", name="按签到情况筛选").get_by_role("button", name="2 缺考")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(f"{second.name} 缺考（未准入场）"))).to_be_visible()
    states = [seed.sitting(ticket).state for ticket in (first, second, third)]
    assert states == [SittingState.EXPECTED, SittingState.ABSENT, SittingState.ABSENT]


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 800)])
def test_the_tablets_page_does_not_scroll_sideways_and_has_no_accessibility_faults(
    page_for: PageFor, seed: Seed, width: int, height: int
) -> None:
    exam_session_id = seed.exam(starts_in=-600)
    seed.tickets(exam_session_id, 2)
    page = at_the_door(page_for, exam_session_id)
    page.set_viewport_size({"width": width, "height": height})
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        faults = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []
        page.get_by_role("button", name=re.compile("未到$")).last.tap()
    expect(page.get_by_role("button", name="人证一致")).to_be_visible()


def test_a_chief_takes_an_absence_back_with_a_reason(page_for: PageFor, seed: Seed) -> None:
    exam_session_id = seed.exam(starts_in=-2400, login_absent_minutes=60, late_entry_minutes=30)
    [ticket] = seed.tickets(exam_session_id, 1)
    page = at_the_door(page_for, exam_session_id)
    page.get_by_role("button", name="确认缺考").click()
    page.get_by_role("dialog").get_by_role("button", name="确认", exact=True).tap()
    page.get_by_role("button", name=re.compile(ticket.name)).tap()
    card = page.get_by_role("region", name=ticket.name)
    expect(card).to_contain_text("缺考")
    card.get_by_role("button", name="撤销缺考").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").fill("座位认错")
    dialog.get_by_role("button", name="撤销缺考").tap()
    expect(card.get_by_role("status")).to_have_text("未到")
    assert seed.sitting(ticket).state == SittingState.EXPECTED
    card.get_by_role("button", name="人证一致").tap()
    expect(card).to_contain_text("已签到")


def test_a_station_is_drawn_when_a_candidate_is_checked_in_to_a_practical_room(page_for: PageFor, seed: Seed) -> None:
    exam_session_id = seed.exam(starts_in=-600)
    tickets = seed.tickets(exam_session_id, 2)
    with seed.transaction() as db:
        (use,) = using.rooms_of(db, exam_session_id)
        use.room.kind = RoomKind.PRACTICAL
    page = at_the_door(page_for, exam_session_id)
    for ticket in tickets:
        page.get_by_role("button", name=re.compile(f"{ticket.name} 未到$")).tap()
        card = page.get_by_role("region", name=ticket.name)
        expect(card.get_by_text("工位")).to_have_count(0)
        card.get_by_role("button", name="人证一致").tap()
        expect(card).to_contain_text(re.compile(r"工位\s*\d+"))
        with seed.transaction() as db:
            station = db.scalars(select(StationDraw.station).filter_by(sitting_id=ticket.sitting_id)).one()
        expect(card.locator(".station")).to_have_text(str(station))
        expect(page.get_by_role("button", name=re.compile(f"{ticket.name} .*{station} 号位"))).to_be_visible()
    card.get_by_role("button", name="撤销签到").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").fill("点错")
    dialog.get_by_role("button", name="撤销签到").tap()
    card.get_by_role("button", name="人证一致").tap()
    expect(card.locator(".station")).to_have_text(str(station))  # nobody draws again by undoing a check-in

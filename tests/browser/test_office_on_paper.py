"""A candidate goes on by hand: printed, told so on the screen, typed in twice by the keyboard alone, decided."""

from datetime import UTC, datetime
from uuid import UUID

import exam_rooms
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from candidates import begin, expect_saved, options
from exams import Seed, Ticket
from playwright.sync_api import Page, expect

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core.clock import SHANGHAI
from examsvc.core.db import get, only
from examsvc.delivery.models import Sitting
from examsvc.delivery.rooms import placing
from examsvc.delivery.states import SittingState

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def _expect_usable(page: Page) -> None:
    """Nothing that keeps people out, whatever its impact, and nothing to scroll sideways."""
    page.wait_for_load_state("networkidle")
    faults = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _more_clerks(seed: Seed) -> None:
    """One who types in as well, and one who decides."""
    with seed.transaction() as db:
        first = only(db, Account, username="office")
        assert first
        if only(db, Account, username="checker"):
            return
        act = {"by": seed.by(db, "office"), "now": datetime.now(UTC)}
        for username, name in (("checker", "核对员"), ("arbiter", "裁定员")):
            account = accounts.create_account(db, username, name, [Role.OFFICE], password=None, **act)
            account.password_hash = first.password_hash


def _clock() -> str:
    return datetime.now(SHANGHAI).strftime("%H%M")


def _add_room(seed: Seed, exam_session_id: UUID) -> None:
    """Seat a second candidate in a second room."""
    other = seed.tickets(exam_session_id, 2)[1]
    with seed.transaction() as db:
        act = {"by": seed.by(db, "office"), "now": datetime.now(UTC)}
        room = exam_rooms.give_room(db, exam_session_id, **act)
        enrolment = get(db, Sitting, other.sitting_id).enrolment
        placing.move(db, exam_session_id, enrolment.id, room.id, 1, reason="换考场", **act)


def _print(page: Page, ticket: Ticket) -> None:
    row = page.get_by_role("row").filter(has_text=ticket.number)
    page.get_by_role("checkbox", name="第 01 考场").press("Space")
    expect(row.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="打印所选 1 份").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").fill("机房断电")
    _expect_usable(page)
    with page.expect_download() as started:
        dialog.get_by_role("button", name="打印并转为纸笔续考").click()
    assert started.value.suggested_filename.endswith(".pdf")
    expect(row.get_by_text("纸上作答")).to_be_visible()


def _type_in(page: Page, ticket: Ticket, clock: str, keys: str) -> None:
    """Type the one time twice and then the answers, a place after the other; the rest stays as printed or empty."""
    row = page.get_by_role("row").filter(has_text=ticket.number)
    row.get_by_role("link", name="录入").click()
    expect(page.get_by_label("发卷时间")).to_be_visible()
    _expect_usable(page)
    began = page.get_by_label("发卷时间")
    began.focus()
    for typed in (clock, clock):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    for key in keys:
        page.keyboard.press(key)
    page.get_by_role("button", name="提交录入").click()
    expect(page.get_by_role("heading", name="人工智能模型运用（理论）")).to_be_visible()


def test_a_sheet_is_printed_typed_in_by_two_and_decided_by_a_third(page_for: PageFor, seed: Seed) -> None:
    _more_clerks(seed)
    ticket = seed.ticket()
    _add_room(seed, ticket.exam_session_id)
    candidate = page_for(ticket)
    begin(candidate, ticket)
    options(candidate).nth(1).check()
    expect_saved(candidate)
    first = page_for(
        "office", f"/office/sessions/{ticket.exam_session_id}/on-paper", viewport={"width": 1280, "height": 800}
    )
    expect(first.get_by_role("row").filter(has_text=ticket.number)).to_be_visible()
    _expect_usable(first)
    _print(first, ticket)
    _expect_usable(first)
    candidate.reload()
    expect(candidate.get_by_role("heading", name="本场考试转为纸笔续考")).to_be_visible()
    _expect_usable(candidate)
    # Both type what stands on the sheet: a clock read by each of them could differ by a minute.
    on_the_sheet = _clock()
    _type_in(first, ticket, on_the_sheet, "=b")
    row = first.get_by_role("row").filter(has_text=ticket.number)
    expect(row.get_by_text("待另一人录入")).to_be_visible()
    second = page_for(
        "checker", f"/office/sessions/{ticket.exam_session_id}/on-paper", viewport={"width": 1024, "height": 768}
    )
    expect(second.get_by_role("row").filter(has_text=ticket.number)).to_be_visible()
    _expect_usable(second)
    _type_in(second, ticket, on_the_sheet, "bc")
    third = page_for("arbiter", f"/office/sessions/{ticket.exam_session_id}/on-paper")
    third.get_by_role("row").filter(has_text=ticket.number).get_by_role("link", name="裁定差异").click()
    card = third.get_by_role("group").filter(has_text="单选").last
    expect(third.get_by_role("button", name="还有 1 处未裁定")).to_be_disabled()
    _expect_usable(third)
    card.get_by_role("radio").first.check()
    third.get_by_role("button", name="裁定完毕，入库").click()
    expect(third.get_by_text("已入库", exact=True)).to_be_visible()
    assert seed.sitting(ticket).state == SittingState.HANDED_IN
    assert len(seed.stored(ticket)) == 2
    candidate.reload()
    expect(candidate.get_by_role("heading", name="已交卷", exact=True)).to_be_visible()

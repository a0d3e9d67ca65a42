"""Orders for a whole room from the proctor's wall, while candidates type: every clock changes, no answer is lost."""

import re

from browsers import PageFor
from candidates import begin, expect_saved, go_to
from exams import Seed
from playwright.sync_api import Locator, Page, expect

FILL_IN = 7


def order(wall: Page, kind: str, reason: str = "") -> None:
    """Give everybody in the room that is looked at a command."""
    wall.get_by_role("toolbar").get_by_role("button", name=kind, exact=True).click()
    dialog = wall.get_by_role("dialog", name=re.compile(f"{kind}：第 1 考场"))
    if reason:
        dialog.get_by_label("理由").fill(reason)
    dialog.get_by_role("button", name=f"确认{kind}").click()
    expect(dialog).to_be_hidden()


def blank(page: Page) -> Locator:
    return page.get_by_label("第 1 空")


def test_a_room_is_given_more_time_paused_and_let_go_on_while_two_candidates_type(
    page_for: PageFor, seed: Seed
) -> None:
    exam_session_id = seed.exam(starts_in=-3_060)
    tickets = seed.tickets(exam_session_id, 2)
    pages = [page_for(ticket) for ticket in tickets]
    for page, ticket in zip(pages, tickets, strict=True):
        begin(page, ticket)
        go_to(page, FILL_IN)
        expect(page.get_by_role("timer")).to_contain_text(re.compile(r"\b0\d:\d\d"))
        blank(page).press_sequentially("写到一半")
    ends = [seed.sitting(ticket).closes_at for ticket in tickets]
    wall = page_for("proctor1", f"/wall/{exam_session_id}")
    wall.get_by_label("考场", exact=True).select_option(index=1)

    order(wall, "延时", "空调漏水")
    for page in pages:
        blank(page).press_sequentially("接着写")
        expect(page.get_by_label("通知").get_by_text("考试时间延长 5 分钟")).to_be_visible()
        expect(page.get_by_role("timer")).to_contain_text(re.compile(r"\b1\d:\d\d"))
        expect(blank(page)).to_be_focused()
    longer = [seed.sitting(ticket).closes_at for ticket in tickets]
    assert [int((now - then).total_seconds()) for now, then in zip(longer, ends, strict=True)] == [300, 300]

    for page in pages:
        blank(page).press_sequentially("直到暂停")
    order(wall, "暂停", "消防演练")
    for page in pages:
        expect(page.get_by_role("heading", name="考试已暂停")).to_be_visible()
        expect(page.get_by_text("原因：消防演练")).to_be_visible()
        expect(page.get_by_role("article")).to_be_hidden()
    order(wall, "恢复")
    for page, ticket in zip(pages, tickets, strict=True):
        expect(blank(page)).to_have_value("写到一半接着写直到暂停")
        blank(page).press("End")
        blank(page).press_sequentially("又写")
        expect_saved(page)
        assert list(seed.stored(ticket).values()) == [{"blanks": ["写到一半接着写直到暂停又写"]}]
    after = [seed.sitting(ticket) for ticket in tickets]
    assert [one.paused_seconds >= 1 for one in after] == [True, True]
    assert all(one.closes_at > then for one, then in zip(after, longer, strict=True))

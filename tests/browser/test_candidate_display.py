"""How the paper is shown: as it was decided for the candidate, on machines that many sit at."""

from typing import Any

from browsers import PageFor
from candidates import begin, confirm
from exams import Seed, Ticket
from playwright.sync_api import Page, expect
from proctors import Proctor


def _decide(office: Proctor, seed: Seed, ticket: Ticket, grant: dict[str, Any]) -> None:
    scope = {"enrolment_id": str(seed.sitting(ticket).enrolment_id)}
    body = {"grant": grant, "basis": "合理便利申请", "document": "便利〔2026〕3 号", **scope}
    path = f"/api/exam-sessions/{ticket.exam_session_id}/accommodations"
    answer = office.request.post(path, data=body, headers=office.headers)
    assert answer.ok, answer.text()


def _expect_text(page: Page, size: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-text", size)


def _choose(page: Page, size: str) -> None:
    page.get_by_role("button", name="显示", exact=True).click()
    page.get_by_role("group", name="文字大小").get_by_label(size, exact=True).check()
    page.keyboard.press("Escape")


def _log_in(page: Page, ticket: Ticket) -> None:
    page.goto("/candidate/")
    page.get_by_label("准考证号").fill(ticket.number)
    page.locator("input[name=proof]").fill(ticket.proof)
    page.get_by_role("button", name="登录", exact=True).click()


def test_what_one_candidate_chose_ends_with_the_log_out_and_a_grant_holds_for_the_next(
    page_for: PageFor, seed: Seed, office: Proctor
) -> None:
    first, second = seed.tickets(seed.exam(), 2)
    _decide(office, seed, second, {"text_size": "LARGE"})
    page = page_for(first)
    expect(page.get_by_role("button", name="是我本人")).to_be_visible()
    _expect_text(page, "normal")
    _choose(page, "特大")
    _expect_text(page, "larger")
    page.get_by_role("button", name="English").click()
    page.reload()
    _expect_text(page, "larger")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("准考证号")).to_be_visible()
    _expect_text(page, "normal")
    _log_in(page, second)
    expect(page.get_by_role("button", name="是我本人")).to_be_visible()
    _expect_text(page, "large")
    _choose(page, "标准")
    confirm(page)
    page.reload()
    expect(page.get_by_role("heading", name="诚信承诺书")).to_be_visible()
    _expect_text(page, "normal")


def test_a_grant_that_is_decided_while_the_paper_is_open_is_applied_and_told(
    page_for: PageFor, seed: Seed, office: Proctor
) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    view = f"**/api/sittings/{ticket.sitting_id}"
    page.route(view, lambda route: route.abort())
    _decide(office, seed, ticket, {"text_size": "LARGER", "high_contrast": True})
    expect(page.get_by_text("您的便利措施已更新：页面显示。")).to_be_visible()
    _expect_text(page, "larger")
    expect(page.locator("html")).to_have_attribute("data-contrast", "high")
    _decide(office, seed, ticket, {"extra_minutes": 10, "text_size": "LARGER", "high_contrast": True})
    expect(page.get_by_text("您的便利措施已更新：考试时间。")).to_be_visible()
    page.unroute(view)
    page.get_by_role("button", name="帮助", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("便利措施变更：页面显示")).to_be_visible()
    expect(dialog.get_by_text("便利措施变更：考试时间增加 10 分钟")).to_be_visible()
    expect(dialog).not_to_contain_text("合理便利申请")
    page.keyboard.press("Escape")
    expect(page.get_by_role("article")).to_be_visible()

"""What a candidate does in the browser, in the candidate's words."""

import json

from exams import Ticket
from playwright.sync_api import BrowserContext, Locator, Page, expect

# As the page itself keeps it once its candidate has logged in: only what nobody else has put there since.
KEPT = """
try {
  if (!localStorage.getItem("test.csrf")) {
    localStorage.setItem("test.csrf", TOKEN);
    localStorage.setItem("examsvc.csrf", TOKEN);
  }
} catch {}
"""


def log_in(context: BrowserContext, ticket: Ticket) -> None:
    """Log in without a page; the pages that open after it are the candidate's."""
    answer = context.request.post("/api/candidate/login", data={"ticket_number": ticket.number, "proof": ticket.proof})
    assert answer.ok, answer.text()
    context.add_init_script(KEPT.replace("TOKEN", json.dumps(answer.json()["csrf_token"])))


def check_in(page: Page, ticket: Ticket) -> None:
    """From the confirmation of identity to the waiting room."""
    confirm(page)
    sign_and_check(page, ticket)


def confirm(page: Page) -> None:
    """Be the person shown."""
    page.get_by_role("button", name="是我本人").click()


def sign_and_check(page: Page, ticket: Ticket) -> None:
    """From the undertaking to the waiting room."""
    page.get_by_label("我已阅读并同意以上承诺").check()
    page.get_by_label("签名").fill(ticket.name)
    page.get_by_role("button", name="签署并继续").click()
    page.get_by_role("button", name="继续", exact=True).click()
    expect(page.get_by_role("heading", name="考试须知")).to_be_visible()


def begin(page: Page, ticket: Ticket) -> None:
    """Everything up to the open paper of an exam that runs already."""
    check_in(page, ticket)
    page.get_by_role("button", name="开始考试").click()
    expect_paper(page)


def expect_paper(page: Page) -> None:
    expect(page.get_by_role("navigation", name="答题卡")).to_be_visible()


def expect_saved(page: Page) -> None:
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()


def go_to(page: Page, number: int) -> None:
    """Jump to a question by the answer sheet."""
    sheet = page.get_by_role("navigation", name="答题卡")
    sheet.get_by_role("button", name=f"第 {number} 题，").click()
    expect(page.get_by_role("heading", name=f"第 {number} 题", exact=False)).to_be_visible()


def options(page: Page) -> Locator:
    """The radio buttons of the question that is shown."""
    return page.get_by_role("article").get_by_role("radio")

"""Safe Exam Browser as candidates meet it: a page whose script interface shows hashes of its own address."""

from browsers import PageFor
from candidates import confirm, expect_paper, expect_saved, options, sign_and_check
from exams import Seed, Ticket
from playwright.sync_api import Page, expect
from proctors import Proctor

from examsvc.core.db import get
from examsvc.delivery.models import ExamSession
from examsvc.delivery.safe_browser import settings_files, settling

# Like version 3.0: the hash is there only after the page asked for it, and is of the address the page was loaded at.
INTERFACE = """
(() => {
  const address = location.href.split("#")[0];
  const security = { configKey: "", browserExamKey: "" };
  security.updateKeys = async (done) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address + "KEY"));
    security.configKey = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    done();
  };
  window.SafeExamBrowser = { version: "SEB_macOS_3.0", security };
})();
"""


def _equip(page: Page, key: str) -> None:
    page.add_init_script(INTERFACE.replace("KEY", key))
    page.reload()


def _key(seed: Seed, exam_session_id: object) -> str:
    with seed.transaction() as db:
        making = settling.making_of(get(db, ExamSession, exam_session_id), seed.service.settings.public_url)
    return settings_files.key_of(making)


def _go_on(page: Page, ticket: Ticket) -> None:
    sign_and_check(page, ticket)
    page.get_by_role("button", name="开始考试").click()
    expect_paper(page)


def test_another_browser_is_told_where_to_go_and_a_proctor_may_let_it_on(
    page_for: PageFor, seed: Seed, proctor: Proctor
) -> None:
    ticket = seed.ticket(safe_browser_needed=True)
    page = page_for(ticket)
    confirm(page)
    expect(page.get_by_role("heading", name="使用安全考试浏览器")).to_be_visible()
    link = page.get_by_role("link", name="用 Safe Exam Browser 打开")
    public = seed.service.settings.public_url.removeprefix("http")
    expect(link).to_have_attribute("href", f"seb{public}/api/safe-browser/{ticket.exam_session_id}.seb")
    proctor.order(ticket, "WAIVE_SAFE_BROWSER", text="本机装不上")
    page.reload()
    _go_on(page, ticket)


def test_in_the_browser_everything_goes_by_itself_also_after_a_reload(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(safe_browser_needed=True)
    page = page_for(ticket)
    _equip(page, _key(seed, ticket.exam_session_id))
    confirm(page)
    _go_on(page, ticket)
    options(page).first.check()
    expect_saved(page)
    page.reload()
    expect_paper(page)
    expect(page.get_by_role("button", name="第 1 题，已答")).to_be_visible()
    assert seed.sitting(ticket).safe_browser_epoch == 1
    page.get_by_role("button", name="交卷", exact=True).click()
    page.get_by_role("dialog", name="确认交卷？").get_by_role("button", name="确认交卷").click()
    expect(page.get_by_role("button", name="退出安全考试浏览器")).to_be_visible()


def test_a_browser_with_other_settings_is_told_why_and_tries_again_when_asked(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(safe_browser_needed=True)
    page = page_for(ticket)
    _equip(page, "0f" * 32)
    confirm(page)
    expect(page.get_by_text("不在本场次接受的范围内", exact=False)).to_be_visible()
    # A page that is closed while it is on its way to another never says that it is closed.
    with page.expect_navigation(url=f"**/sittings/{ticket.sitting_id}"):
        page.get_by_role("button", name="重新校验").click()
    expect(page.get_by_text("不在本场次接受的范围内", exact=False)).to_be_visible()

"""The candidate's part: from the ticket to the receipt."""

from dataclasses import dataclass

import keys
from playwright.sync_api import Locator, Page, expect
from scenes import Walk


@dataclass(frozen=True)
class Candidate:
    """Who walks: one of the demo's candidates."""

    name: str
    identity_number: str
    ticket_number: str
    seat_label: str


def log_in(page: Page, candidate: Candidate) -> None:
    """Log in with the ticket."""
    page.get_by_label("准考证号").fill(candidate.ticket_number)
    page.get_by_label("身份证号后 6 位").fill(candidate.identity_number[-6:])
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="我的考试").wait_for()


def see_certificate(walk: Walk, page: Page, candidate: Candidate, number: str) -> None:
    """The holder finds the certificate and opens both its faces."""
    log_in(page, candidate)
    card = page.get_by_role("listitem").filter(has_text=number)
    card.wait_for()
    walk.scene(page, "holder-certificates")
    for kind, magic in (("PDF", b"%PDF"), ("PNG", b"\x89PNG")):
        address = card.get_by_role("link", name=kind).get_attribute("href")
        answer = page.request.get(str(address))
        assert answer.ok
        assert answer.body().startswith(magic)
        (walk.folder / f"certificate.{kind.lower()}").write_bytes(answer.body())


def check_in(walk: Walk, page: Page, candidate: Candidate) -> None:
    """From the log-in to the waiting room."""
    walk.scene(page, "candidate-login")
    log_in(page, candidate)
    walk.scene(page, "candidate-exams")
    page.get_by_role("listitem").filter(has_text="开放中").get_by_text("进入", exact=True).click()
    page.get_by_role("button", name="是我本人").wait_for()
    walk.scene(page, "candidate-identity")
    page.get_by_role("button", name="是我本人").click()
    page.get_by_label("我已阅读并同意以上承诺").check()
    page.get_by_label("签名").fill(candidate.name)
    walk.scene(page, "candidate-undertaking")
    page.get_by_role("button", name="签署并继续").click()
    button = page.get_by_role("button", name="继续", exact=True)
    expect(button).to_be_enabled()
    page.wait_for_timeout(1500)
    walk.scene(page, "candidate-system-check")
    button.click()
    page.get_by_role("button", name="开始考试").wait_for()
    walk.scene(page, "candidate-waiting-room")


def answer_all(walk: Walk, page: Page) -> None:
    """Open the paper and answer every question rightly, the whole paper on one page."""
    page.get_by_role("button", name="开始考试").click()
    page.get_by_role("navigation", name="答题卡").wait_for()
    walk.scene(page, "candidate-paper-one-question")
    page.get_by_text("整卷显示").click()
    known = keys.by_stem()
    questions = page.locator("article.question")
    for number in range(questions.count()):
        _answer(questions.nth(number), known)
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    walk.scene(page, "candidate-paper-all-answered")


def _answer(question: Locator, known: dict[str, tuple[dict[str, object], dict[str, object]]]) -> None:
    content, key = known[keys.bare(question.locator(".stem").inner_text())]
    if "right" in key:
        for text in keys.right_texts(content, key):
            question.get_by_text(text, exact=True).click()
    elif "blanks" in key:
        for number, accepted in enumerate(key["blanks"], start=1):
            question.get_by_label(f"第 {number} 空").fill(accepted[0])
    elif isinstance(key["value"], bool):
        question.get_by_role("radio", name="正确" if key["value"] else "错误").check()
    else:
        question.get_by_role("textbox").fill(key["value"])


def hand_in(walk: Walk, page: Page) -> None:
    """Hand in and keep the receipt."""
    page.get_by_role("button", name="交卷").click()
    dialog = page.get_by_role("dialog", name="确认交卷？")
    walk.scene(page, "candidate-hand-in")
    dialog.get_by_role("button", name="确认交卷").click()
    page.get_by_role("heading", name="已交卷").wait_for()
    walk.scene(page, "candidate-receipt")

"""Rules of the room as the candidate meets them: one after another, the keyboard alone, breaks, consent."""

from datetime import UTC, datetime

from browsers import PageFor
from candidates import begin, expect_paper, expect_saved, go_to, options
from exams import Seed
from playwright.sync_api import Page, expect
from proctors import Proctor

from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.states import NavigationRule, SittingState, TextSize


def _heading(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", name=f"第 {number} 题", exact=False)).to_be_visible()


def test_where_nobody_goes_back_a_reload_goes_on_where_it_was(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(navigation=NavigationRule.SEQUENTIAL)
    page = page_for(ticket)
    begin(page, ticket)
    expect(page.get_by_text("逐题作答：第 1 题，共 10 题")).to_be_visible()
    expect(page.get_by_role("button", name="上一题")).to_have_count(0)
    expect(page.get_by_role("button", name="计算器")).to_have_count(0)
    options(page).first.check()
    page.get_by_role("button", name="下一题").click()
    _heading(page, 2)
    page.get_by_role("button", name="下一题").click()
    dialog = page.get_by_role("dialog", name="本题还没有答完")
    dialog.get_by_role("button", name="取消").click()
    _heading(page, 2)
    page.keyboard.press("PageUp")
    _heading(page, 2)
    page.keyboard.press("PageDown")
    dialog.get_by_role("button", name="下一题").click()
    _heading(page, 3)
    expect(page.get_by_role("button", name="第 1 题，已答")).to_be_disabled()
    expect_saved(page)
    page.reload()
    expect_paper(page)
    _heading(page, 3)
    assert [seq for _epoch, seq, _ref in seed.lines(ticket)] == [1, 2, 3]


def test_the_last_words_before_a_question_is_left_for_good_are_stored(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(navigation=NavigationRule.SEQUENTIAL)
    page = page_for(ticket)
    begin(page, ticket)
    for _choice in range(6):
        page.keyboard.press("1")
        page.keyboard.press("PageDown")
    for number, words in ((7, "提示词"), (8, "示例")):
        _heading(page, number)
        page.get_by_label("第 1 空").fill(words)
        page.keyboard.press("PageDown")
    _heading(page, 9)
    expect_saved(page)
    blanks = [answer["blanks"] for answer in seed.stored(ticket).values() if answer and "blanks" in answer]
    assert sorted(blanks) == [["提示词"], ["示例"]]


def test_a_section_is_gone_through_freely_and_left_for_good(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(navigation=NavigationRule.BY_SECTION)
    page = page_for(ticket)
    begin(page, ticket)
    expect(page.get_by_text("分部分作答：第 1 部分，共 5 部分")).to_be_visible()
    go_to(page, 2)
    options(page).first.check()
    go_to(page, 1)
    go_to(page, 2)
    page.get_by_role("button", name="进入下一部分").click()
    dialog = page.get_by_role("dialog", name="离开本部分")
    expect(dialog).to_contain_text("本部分还有 1 题没有答完")
    dialog.get_by_role("button", name="取消").click()
    _heading(page, 2)
    page.keyboard.press("PageDown")
    dialog.get_by_role("button", name="进入下一部分").click()
    _heading(page, 3)
    expect(page.get_by_role("button", name="上一题")).to_be_disabled()
    expect(page.get_by_role("button", name="第 2 题，已答")).to_be_disabled()
    expect(page.get_by_role("button", name="第 5 题，")).to_be_disabled()
    expect_saved(page)
    page.reload()
    _heading(page, 3)


def test_a_candidate_without_a_mouse_answers_flags_and_hands_in(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(calculator_allowed=True)
    page = page_for(ticket)
    begin(page, ticket)
    press = page.keyboard.press
    for key in ("a", "f", "PageDown", "b", "PageDown", "1", "3"):
        press(key)
    expect(page.get_by_role("button", name="第 1 题，已答，已标记")).to_be_visible()
    expect_saved(page)
    page.get_by_role("button", name="计算器").focus()
    press("Enter")
    for key in "0.1+0.2":
        press(key)
    press("Enter")
    expect(page.locator("output")).to_have_text("0.3")
    press("Escape")
    expect(page.get_by_role("button", name="计算器")).to_be_focused()
    page.get_by_role("button", name="交卷").focus()
    press("Enter")
    dialog = page.get_by_role("dialog", name="确认交卷？")
    expect(dialog).to_be_visible()
    for _ in range(6):
        if dialog.get_by_role("button", name="确认交卷").evaluate("each => each === document.activeElement"):
            break
        press("Tab")
    press("Enter")
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible()
    assert sum(1 for answer in seed.stored(ticket).values() if answer) == 3


def test_a_break_hides_the_paper_and_notes_stay_on_the_machine(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    enrolment = seed.sitting(ticket).enrolment_id
    with seed.transaction() as db:
        scope, on = Scope(enrolment_id=enrolment), Basis("合理便利申请", "便利〔2026〕3 号")
        given = Grant(break_minutes=10, text_size=TextSize.LARGE)
        act = {"by": seed.by(db, "office"), "now": datetime.now(UTC)}
        deciding.decide(db, ticket.exam_session_id, scope, given, on, **act)
    page = page_for(ticket)
    begin(page, ticket)
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    page.get_by_role("button", name="草稿").click()
    page.get_by_label("只保存在本机", exact=False).fill("7 × 8 = 56")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="休息（10 分钟）").click()
    page.get_by_role("button", name="开始休息").click()
    expect(page.get_by_role("heading", name="正在休息")).to_be_visible()
    expect(page.get_by_role("article")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", name="正在休息")).to_be_visible()
    page.get_by_role("button", name="结束休息，继续作答").click()
    expect_paper(page)
    page.get_by_role("button", name="草稿").click()
    expect(page.get_by_label("只保存在本机", exact=False)).to_have_value("7 × 8 = 56")


def test_in_the_last_minutes_the_dialog_waits_for_a_proctor(page_for: PageFor, seed: Seed, proctor: Proctor) -> None:
    ticket = seed.ticket(starts_in=-3_300, last_minutes_consent=10)
    page = page_for(ticket)
    begin(page, ticket)
    page.get_by_role("button", name="交卷", exact=True).click()
    dialog = page.get_by_role("dialog", name="确认交卷？")
    expect(dialog).to_contain_text("须经监考员同意")
    expect(dialog.get_by_role("button", name="确认交卷")).to_be_disabled()
    proctor.order(ticket, "ALLOW_HAND_IN")
    dialog.get_by_role("button", name="确认交卷").click()
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible()
    assert seed.sitting(ticket).state == SittingState.HANDED_IN

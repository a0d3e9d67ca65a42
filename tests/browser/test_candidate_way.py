"""A candidate's whole way, in a real browser against the real service."""

import re

from browsers import PageFor
from candidates import begin, check_in, expect_paper, expect_saved, go_to, options
from exams import Seed
from playwright.sync_api import expect

from examsvc.delivery.states import FinishReason, SittingState


def test_a_candidate_goes_from_the_ticket_to_the_receipt(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(None)
    page.get_by_label("准考证号").fill(ticket.number)
    page.get_by_label("身份证号后 6 位").fill("000000")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("准考证号或身份证号后 6 位不正确")
    page.get_by_label("身份证号后 6 位").fill(ticket.proof)
    page.get_by_role("button", name="登录", exact=True).click()

    begin(page, ticket)
    options(page).nth(1).check()
    page.keyboard.press("PageDown")
    page.get_by_role("button", name="标记", exact=True).click()
    expect_saved(page)
    page.get_by_role("button", name="交卷").click()
    dialog = page.get_by_role("dialog", name="确认交卷？")
    expect(dialog).to_contain_text("未答")
    dialog.get_by_role("button", name="确认交卷").click()

    expect(page.get_by_role("heading", name="已交卷")).to_be_visible()
    expect(page.get_by_text("1 / 10 题")).to_be_visible()
    expect(page.locator(".chain")).to_have_text(re.compile(r"^[0-9A-F]{4}( [0-9A-F]{4}){3}$"))
    sitting = seed.sitting(ticket)
    assert (sitting.state, sitting.finish_reason) == (SittingState.HANDED_IN, FinishReason.BY_CANDIDATE)


def test_every_kind_of_question_is_answered_and_stored(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, 1)
    page.keyboard.press("b")
    go_to(page, 3)
    page.keyboard.press("1")
    page.keyboard.press("c")
    go_to(page, 5)
    page.keyboard.press("a")
    go_to(page, 7)
    page.get_by_label("第 1 空").fill("提示词")
    go_to(page, 9)
    page.get_by_label("答案（数字，单位：元）").fill("1.5")
    expect_saved(page)
    kinds = sorted(next(iter(answer)) for answer in seed.stored(ticket).values())
    assert kinds == ["blanks", "choice", "choices", "text", "value"]


def test_a_reload_brings_back_the_same_order_and_all_answers(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    page.get_by_text("整卷显示").click()
    before = page.locator("article.question").all_inner_texts()
    options(page).nth(2).check()
    page.get_by_label("第 1 空").first.fill("半句话")
    page.reload()
    expect_paper(page)
    expect(page.get_by_label("第 1 空").first).to_have_value("半句话")
    expect(options(page).nth(2)).to_be_checked()
    after = page.locator("article.question").all_inner_texts()
    assert [_without_state(text) for text in after] == [_without_state(text) for text in before]


def _without_state(text: str) -> str:
    return text.replace("清除作答", "").strip()


def test_the_back_button_stays_in_the_paper(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    page.keyboard.press("b")
    page.go_back()
    expect_paper(page)
    expect(page.get_by_text("已留在试卷页面")).to_be_visible()


def test_nobody_hands_in_before_the_earliest_time(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=-60, earliest_hand_in_minutes=30)
    page = page_for(ticket)
    begin(page, ticket)
    page.get_by_role("button", name="交卷").click()
    dialog = page.get_by_role("dialog", name="确认交卷？")
    expect(dialog).to_contain_text("后才可以交卷")
    expect(dialog.get_by_role("button", name="确认交卷")).to_be_disabled()


def test_who_waits_for_the_start_is_let_in_without_a_click(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=25)
    page = page_for(ticket)
    check_in(page, ticket)
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.get_by_role("navigation", name="答题卡")).to_be_visible(timeout=45_000)

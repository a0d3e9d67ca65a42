"""The office decides what candidates are given: for one, for a group, and takes it back; each sitting follows."""

import re

from browsers import PageFor
from exams import Seed
from playwright.sync_api import Page, expect
from test_office import choose

from examsvc.delivery.states import TextSize


def decide(page: Page) -> None:
    """Decide on what the form says, which rests on a document."""
    page.get_by_label("决定依据").fill("合理便利申请")
    page.get_by_label("决定文件").fill("便利〔2026〕3 号")
    page.locator("form").get_by_role("button", name="作出决定").click()
    expect(page.get_by_role("heading", name=re.compile("便利措施："))).to_be_hidden()


def test_what_one_candidate_and_a_group_are_given_is_decided_and_taken_back(page_for: PageFor, seed: Seed) -> None:
    exam_session_id = seed.exam(starts_in=3_600)
    own, other = seed.tickets(exam_session_id, 2)
    page = page_for("office", f"/office/sessions/{exam_session_id}/accommodations")
    choose(page, "为一名考生决定", f"1 {own.name}")
    page.get_by_text("按分钟", exact=True).click()
    page.get_by_role("spinbutton", name="按分钟").fill("10")
    choose(page, "文字大小", "特大")
    page.get_by_text("高对比度").click()
    page.get_by_role("button", name="作出决定").click()
    expect(page.get_by_text("请填写此项").first).to_be_visible()
    decide(page)
    decisions = page.get_by_role("region", name="已作出的决定")
    row = decisions.get_by_role("row", name=f"1 {own.name}")
    expect(row).to_contain_text("延长 10 分钟；文字特大；高对比度")
    expect(row).to_contain_text("便利〔2026〕3 号")

    page.get_by_label("组名").fill("加时组")
    page.get_by_role("button", name="新建组").click()
    choose(page, "加时组的成员", f"1 {own.name}")
    page.get_by_role("option", name=f"2 {other.name}").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="加时组")).to_contain_text("2")
    page.get_by_role("button", name="作出决定").click()
    page.get_by_text("按比例（%）", exact=True).click()
    page.get_by_role("spinbutton", name="按比例（%）").fill("150")
    decide(page)
    expect(decisions.get_by_role("row", name="组：加时组")).to_contain_text("时间 ×1.5")
    given = [seed.sitting(ticket) for ticket in (own, other)]
    assert [(one.accommodation_seconds, one.text_size) for one in given] == [(600, TextSize.LARGER), (1800, None)]

    row.get_by_role("button", name="撤回").click()
    dialog = page.get_by_role("dialog", name="撤回")
    dialog.get_by_role("textbox").fill("本人撤回")
    dialog.get_by_role("button", name="撤回").click()
    expect(row).to_be_hidden()
    after = seed.sitting(own)
    assert (after.accommodation_seconds, after.text_size, after.high_contrast) == (1800, None, False)

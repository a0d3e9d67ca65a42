"""机构评估 and 项目评估: panel, hearing and site visit; three months; specification and bank; the second review."""

import six_steps_bank
from cast import Cast
from playwright.sync_api import Page, expect
from six_steps_applying import ORGANISATION
from six_steps_initiation import appoint, decide, expect_state, file, opine

MEETINGS = ("专家论证", "现场答辩", "实地考察")
BANK = "智能体搭建题库"


def assess(cast: Cast, case: str) -> None:
    review_organisation(cast, case)
    develop(cast, case)
    review_scheme(cast, case)
    consent(cast, case)


def review_organisation(cast: Cast, case: str) -> None:
    cast.move_to(2026, 4, 1, 9)
    page = cast.open("centre1", case)
    appoint(page)
    opine(cast)
    page = cast.open("centre1", case)
    for kind in MEETINGS:
        _hold(page, kind)
    decide(page, "机构评估通过，开始三个月开发期")
    expect_state(page, "规范与题库开发中")
    expect(page.get_by_text("截止 2026年7月1日 24:00")).to_be_visible()


def develop(cast: Cast, case: str) -> None:
    cast.move_to(2026, 5, 20, 9)
    page = cast.open(ORGANISATION, case)
    page.get_by_role("button", name="提交考核规范").click()
    expect(page.get_by_text("提交考核规范后")).to_have_count(0)
    page.get_by_label("新题库名称").fill(BANK)
    page.get_by_role("button", name="建立题库").click()
    expect(page.get_by_role("button", name="提交题库")).to_be_disabled()
    six_steps_bank.fill(cast)
    page = cast.open(ORGANISATION, case)
    page.get_by_role("button", name="提交题库").click()
    expect_state(page, "待项目评估")
    expect(page.get_by_text("开发期停止计算")).to_be_visible()


def review_scheme(cast: Cast, case: str) -> None:
    page = cast.open("centre1", case)
    appoint(page)
    opine(cast)
    page = cast.open("centre1", case)
    decide(page, "项目评估通过，报市局")
    expect_state(page, "待市局同意")


def consent(cast: Cast, case: str) -> None:
    cast.move_to(2026, 6, 16, 9)
    page = cast.open("bureau", case)
    page.get_by_role("radio", name="同意公示", exact=True).check()
    page.get_by_label("同意公示的文件").set_input_files([file("同意函.pdf")])
    page.get_by_role("button", name="提交", exact=True).click()
    expect_state(page, "市局已同意")


def _hold(page: Page, kind: str) -> None:
    """Plan a meeting and record it with its minutes."""
    page.get_by_role("button", name="安排会议或考察").click()
    page.get_by_role("region", name="会议与考察").get_by_label("类别").select_option(kind)
    page.get_by_label("开始时间（上海）", exact=True).fill("2026-04-01 08:30")
    page.keyboard.press("Enter")
    page.get_by_label("地点").fill("中心 301 室")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="录入记录和结果").click()
    page.get_by_label("实际开始时间").fill("2026-04-01 08:30")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="结果").select_option("通过")
    page.get_by_label("记录摘要").fill(f"{kind}情况良好。")
    page.get_by_label("会议记录文件").set_input_files([file(f"{kind}记录.pdf")])
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="查看记录文件")).to_have_count(MEETINGS.index(kind) + 1)

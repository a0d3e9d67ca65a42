"""The office sees by which rules an exam session is held, and what defaults a practical one begins with."""

from browsers import PageFor
from exams import Seed
from playwright.sync_api import expect


def test_the_overview_of_a_published_session_shows_every_rule_with_its_source(page_for: PageFor, seed: Seed) -> None:
    page = page_for("office", f"/office/sessions/{seed.exam()}")
    late = page.get_by_role("row", name="最晚入场（开考后分钟）")
    expect(late).to_contain_text("600 分钟")
    expect(late).to_contain_text("本场次自定 · 默认：30 分钟")
    expect(late).to_contain_text("来源：各地做法")
    proctors = page.get_by_role("row").filter(has_text="监考员人数")
    expect(proctors).to_contain_text("固定")
    expect(proctors).to_contain_text("1.9.3")


def test_a_new_session_for_practical_tasks_begins_with_their_defaults(page_for: PageFor, seed: Seed) -> None:
    page = page_for("office", "/office/sessions/new")
    late = page.get_by_role("spinbutton", name="最晚入场")
    expect(late).to_have_value("30")
    page.get_by_role("spinbutton", name="视为缺考").fill("20")
    page.get_by_role("combobox", name="考核科目").press("Enter")
    page.get_by_role("option", name="操作技能").click()
    expect(late).to_have_value("15")
    expect(page.get_by_role("checkbox", name="不得提前交卷")).to_be_checked()
    expect(page.get_by_role("spinbutton", name="视为缺考")).to_have_value("20")

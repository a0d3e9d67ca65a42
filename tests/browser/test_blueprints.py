"""The office lays out a blueprint 双向细目表 on a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed
from playwright.sync_api import Page, expect

from questionbank.models import Item

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def is_as_wide_as_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("viewport", [{"width": 1024, "height": 768}, {"width": 1280, "height": 800}])
def test_a_grid_says_what_it_lacks_and_never_widens_the_page(
    page_for: PageFor, seed: Seed, viewport: dict[str, int]
) -> None:
    with seed.transaction() as db:
        bank_id = db.query(Item).filter_by(code="T1-1").one().bank_id
    page = page_for("office", f"/office/banks/{bank_id}/blueprints", viewport=viewport)
    page.get_by_role("button", name="新建双向细目表").click()
    page.get_by_label("名称").fill(f"细目表 {viewport['width']}")
    grid = page.get_by_role("region", name="双向细目表", exact=True)
    for each in grid.locator("thead").get_by_role("spinbutton").all():
        each.fill("10")
        each.press("Tab")
    amounts = grid.locator("tbody .amount")
    for place in range(9):
        amounts.nth(place).fill("1")
        amounts.nth(place).press("Tab")
    expect(page.get_by_text("全卷：还差 10 分")).to_be_visible()
    expect(page.get_by_role("button", name="保存细目表")).to_be_disabled()
    for name in ("按难度分列", "按重要程度分列"):
        page.get_by_label(name).check()
    assert is_as_wide_as_its_window(page)
    assert [fault["id"] for fault in Axe().run(page, options=AXE_OPTIONS).response["violations"]] == []
    for name in ("按难度分列", "按重要程度分列"):
        page.get_by_label(name).uncheck()
    amounts.nth(9).fill("1")
    amounts.nth(9).press("Tab")
    expect(page.get_by_text("全卷正好 100 分")).to_be_visible()
    expect(page.get_by_text("题库可以满足这张细目表")).to_be_visible()
    page.get_by_role("button", name="保存细目表").click()
    expect(page.get_by_role("heading", name=f"细目表 {viewport['width']}")).to_be_visible()
    assert is_as_wide_as_its_window(page)

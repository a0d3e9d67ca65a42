"""The candidate's pages for everybody: by keyboard alone, by ear, enlarged; and a login that ends in mid-exam."""

from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from candidates import begin, check_in, expect_paper, expect_saved, go_to, options
from exams import Seed
from playwright.sync_api import Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_every_screen_passes_axe(page_for: PageFor, seed: Seed) -> None:
    assert_accessible(page_for(None))
    ticket = seed.ticket(starts_in=600)
    page = page_for(ticket)
    expect(page.get_by_role("button", name="是我本人")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="是我本人").click()
    page.get_by_role("button", name="签署并继续").click()
    assert_accessible(page)
    page.reload()
    page.get_by_label("我已阅读并同意以上承诺").check()
    page.get_by_label("签名").fill(ticket.name)
    page.get_by_role("button", name="签署并继续").click()
    expect(page.get_by_role("button", name="继续", exact=True)).to_be_enabled()
    assert_accessible(page)
    page.get_by_role("button", name="继续", exact=True).click()
    expect(page.get_by_role("timer")).to_be_visible()
    assert_accessible(page)


def test_the_paper_passes_axe_in_each_layout_and_contrast(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=-3_400)
    page = page_for(ticket)
    begin(page, ticket)
    page.keyboard.press("f")
    page.keyboard.press("b")
    assert_accessible(page)
    page.get_by_text("整卷显示").click()
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    assert_accessible(page)
    page.get_by_role("button", name="交卷").click()
    assert_accessible(page)
    page.get_by_role("dialog").get_by_role("button", name="确认交卷").click()
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible()
    assert_accessible(page)


def test_the_paper_is_answered_by_keyboard_alone(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    page.keyboard.press("b")
    expect(options(page).nth(1)).to_be_checked()
    expect(options(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(2)).to_be_checked()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="已标记", exact=True)).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="第 2 题")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="第 1 题")).to_be_visible()
    expect(page.get_by_role("button", name="第 1 题，已答，已标记")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="帮助与快捷键")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="第 1 题")).to_be_visible()
    go_to(page, 7)
    page.get_by_label("第 1 空").focus()
    page.keyboard.type("fjkab?")
    expect(page.get_by_label("第 1 空")).to_have_value("fjkab?")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="第 8 题")).to_be_visible()


def test_a_login_that_ends_is_asked_for_over_the_paper(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket)
    begin(page, ticket)
    go_to(page, 7)
    page.context.clear_cookies()
    page.get_by_label("第 1 空").fill("登录失效以后写的")
    dialog = page.get_by_role("dialog", name="请重新登录")
    expect(dialog).to_be_visible()
    dialog.get_by_label("准考证号").fill(ticket.number)
    dialog.get_by_label("身份证号后 6 位").fill(ticket.proof)
    dialog.get_by_role("button", name="登录", exact=True).click()
    expect(dialog).to_be_hidden()
    expect_saved(page)
    expect(page.get_by_label("第 1 空")).to_have_value("登录失效以后写的")
    assert list(seed.stored(ticket).values()) == [{"blanks": ["登录失效以后写的"]}]


def test_larger_text_on_a_small_screen_folds_the_answer_sheet_away(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket()
    page = page_for(ticket, viewport={"width": 800, "height": 1000})
    check_in(page, ticket)
    page.get_by_role("button", name="开始考试").click()
    sheet = page.get_by_role("navigation", name="答题卡")
    expect(page.get_by_role("heading", name="第 1 题")).to_be_visible()
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="答题卡", exact=True).click()
    expect_paper(page)
    sheet.get_by_role("button", name="第 9 题，").click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("heading", name="第 9 题")).to_be_visible()
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert fits, "nothing sticks out sideways"

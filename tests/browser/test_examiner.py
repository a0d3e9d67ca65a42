"""An examiner scores on a tablet: offline, online again, signed; nobody else sees anything of it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from scoring import assigning
from scoring.models import Mark, ScoreSheet
from scoring.states import SheetState

TABLET = {"viewport": {"width": 1280, "height": 800}, "has_touch": True}
UPRIGHT = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}
EXAMINERS = ("examiner1", "examiner2")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def exam(seed: Seed) -> UUID:
    """A running exam session with two candidates, two practical tasks and two examiners."""
    exam_session_id = seed.exam()
    seed.tickets(exam_session_id, 2)
    with seed.transaction() as db:
        ids = [seed.by(db, name).account_id for name in EXAMINERS]
        office = seed.by(db, "office")
        assigning.assign_examiners(db, exam_session_id, [key for key in ids if key], by=office, now=datetime.now(UTC))
    return exam_session_id


def open_list(page_for: PageFor, exam: UUID, who: str, **options: object) -> Page:
    page = page_for(who, f"/examiner/sessions/{exam}", **options)
    expect(page.get_by_role("heading", name="考生 01-01", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")  # all sheets are fetched ahead
    return page


def tile(page: Page, candidate: int, task: int) -> Locator:
    rows = page.locator("li.row").filter(has=page.get_by_role("heading", name=f"考生 01-{candidate:02}", exact=True))
    return rows.get_by_role("link", name=f"试题 {task}")


def give(page: Page, criterion: str, mark: str) -> None:
    page.get_by_role("radiogroup", name=criterion).get_by_text(mark, exact=True).click()


def mark_all(page: Page) -> None:
    give(page, "完成", "40")
    give(page, "质量", "20")
    give(page, "超时", "−5")
    give(page, "泄露信息", "未发生")


def expect_all_sent(page: Page) -> None:
    expect(page.get_by_test_id("sync")).to_have_text("全部评分已上传")


def draw(page: Page) -> None:
    box = page.get_by_test_id("pad").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 40 + 12 * step, box["y"] + 60 + 40 * (step % 2))
    page.mouse.up()


def stored(seed: Seed, exam: UUID, who: str) -> dict[UUID, tuple[SheetState, int | None, int]]:
    """Each sheet of the examiner: its state, its total, how many marks its log holds."""
    with seed.transaction() as db:
        account_id = seed.by(db, who).account_id
        query = select(ScoreSheet).join(ScoreSheet.enrolment).filter_by(exam_session_id=exam)
        sheets = [sheet for sheet in db.scalars(query) if sheet.examiner_id == account_id]
        logs = {one.id: len(db.scalars(select(Mark).filter_by(sheet_id=one.id)).all()) for one in sheets}
        return {one.id: (one.state, one.total, logs[one.id]) for one in sheets}


def test_an_examiner_scores_offline_comes_back_and_signs(page_for: PageFor, seed: Seed, exam: UUID) -> None:
    page = open_list(page_for, exam, "examiner1", **TABLET)
    page.context.set_offline(True)
    tile(page, 1, 1).click()
    mark_all(page)
    expect(page.get_by_test_id("total")).to_have_text("55 / 100")
    expect(page.get_by_test_id("sync")).to_contain_text("网络已断开，4 条评分保存在本机")
    page.get_by_role("link", name="下一位 01-02 号").click()
    give(page, "完成", "0")
    page.get_by_role("link", name="考生名单").click()
    expect(tile(page, 1, 1)).to_contain_text("待签名")
    expect(tile(page, 2, 1)).to_contain_text("评分中")
    assert all(marks == 0 for _, _, marks in stored(seed, exam, "examiner1").values())

    page.context.set_offline(False)
    expect_all_sent(page)
    tile(page, 1, 1).click()
    page.get_by_role("link", name="核对并签名").click()
    expect(page.get_by_test_id("sign-total")).to_have_text("55 / 100")
    sign = page.get_by_role("button", name="签名并提交")
    expect(sign).to_be_disabled()
    draw(page)
    sign.click()
    expect(page.get_by_text("考生 01-01 号的评分表已签名。")).to_be_visible()
    expect(page.get_by_role("img", name="examiner1先生 的手写签名")).to_be_visible()
    expect(page.get_by_role("radio", name="40").first).to_be_disabled()
    assert (SheetState.SIGNED, 55_00, 4) in stored(seed, exam, "examiner1").values()


def test_another_examiner_sees_nothing_of_it(page_for: PageFor, seed: Seed, exam: UUID) -> None:
    first = open_list(page_for, exam, "examiner1", **TABLET)
    tile(first, 1, 1).click()
    mark_all(first)
    expect_all_sent(first)

    other = open_list(page_for, exam, "examiner2", **UPRIGHT)
    for candidate in (1, 2):
        for task in (1, 2):
            expect(tile(other, candidate, task)).to_contain_text("未评分")
    other.goto(first.url)
    expect(other.get_by_role("alert")).to_have_text("没有找到所需的内容。")
    tile_of_own = open_list(page_for, exam, "examiner2", beside=other)
    tile(tile_of_own, 1, 1).click()
    expect(tile_of_own.get_by_test_id("marked")).to_have_text("0 / 4")
    assert all(marks == 0 for _, _, marks in stored(seed, exam, "examiner2").values())


def test_what_was_not_sent_before_a_reload_is_sent_after_it(page_for: PageFor, seed: Seed, exam: UUID) -> None:
    page = open_list(page_for, exam, "examiner1", **TABLET)
    page.route("**/api/sheets/*/marks", lambda route: route.abort())
    tile(page, 1, 2).click()
    give(page, "完成", "20")
    expect(page.get_by_test_id("sync")).to_contain_text("1 条评分")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_test_id("total")).to_have_text("20 / 100")
    expect(page.get_by_test_id("sync")).to_contain_text("1 条评分")
    page.unroute_all()
    page.get_by_role("button", name="立即上传").click()
    expect_all_sent(page)
    assert sorted(marks for _, _, marks in stored(seed, exam, "examiner1").values()) == [0, 0, 0, 1]


def test_a_veto_is_asked_about_and_the_sheet_signed_by_name(page_for: PageFor, seed: Seed, exam: UUID) -> None:
    page = open_list(page_for, exam, "examiner2", **UPRIGHT)
    tile(page, 2, 2).click()
    mark_all(page)
    give(page, "泄露信息", "一票否决")
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("radio", name="未发生")).to_be_checked()
    expect(page.get_by_test_id("total")).to_have_text("55 / 100")
    page.get_by_role("radio", name="未发生").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="确认一票否决").click()
    expect(page.get_by_test_id("total")).to_have_text("0 / 100")
    page.get_by_role("link", name="核对并签名").click()
    page.get_by_text("键入姓名", exact=True).click()
    page.get_by_label("考评员姓名").fill("examiner2先生")
    page.get_by_role("button", name="签名并提交").click()
    expect(page.get_by_text("考生 01-02 号的评分表已签名。")).to_be_visible()
    expect(page.get_by_text("一票否决，本题 0 分").first).to_be_visible()
    assert (SheetState.SIGNED, 0, 5) in stored(seed, exam, "examiner2").values()


def test_the_tablets_pages_pass_the_accessibility_checks(page_for: PageFor, exam: UUID) -> None:
    page = open_list(page_for, exam, "examiner1", **UPRIGHT)
    check(page)
    tile(page, 1, 1).click()
    expect(page.get_by_role("radiogroup")).to_have_count(4)
    check(page)
    mark_all(page)
    page.get_by_role("button", name="考核任务书").click()
    check(page)
    page.get_by_role("button", name="关闭").click()
    page.get_by_role("link", name="核对并签名").click()
    expect(page.get_by_test_id("sign-total")).to_have_text("55 / 100")
    check(page)


def check(page: Page) -> None:
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []

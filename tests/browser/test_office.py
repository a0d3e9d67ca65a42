"""The office's screens, in a real browser against the real service."""

import io
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed, identity_number
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[1] / "certificates"))

import passing

from certificates.models import Certificate
from certificates.states import CertificateState
from examsvc.accounts.models import Account
from examsvc.core.clock import SHANGHAI
from examsvc.core.db import only
from examsvc.delivery.models import Enrolment, ExaminerAssignment, ExamSession, ProctorAssignment, by_seat
from examsvc.delivery.states import ExamSessionState
from questionbank.lifecycle import ItemState
from questionbank.models import Item
from scoring.models import ScoreSheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = (("赵一", identity_number(801)), ("钱二", identity_number(802)))
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a drop-down list by its label; it opens from the keyboard too."""
    page.get_by_role("combobox", name=label).press("Enter")
    page.get_by_role("option", name=option).click()


def workbook(*rows: tuple[object, ...]) -> dict[str, object]:
    """Return an enrolment workbook as the browser uploads it."""
    book = Workbook()
    for row in (("姓名", "证件号码", "延长分钟"), *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return {"name": "enrolments.xlsx", "mimeType": XLSX, "buffer": content.getvalue()}


def test_the_office_plans_a_session_imports_candidates_assigns_people_and_publishes(
    page_for: PageFor, seed: Seed
) -> None:
    page = page_for("office", "/office/sessions")
    page.get_by_role("link", name="新建场次").click()
    page.get_by_role("button", name="创建场次").click()
    expect(page.get_by_text("此项必填").first).to_be_visible()
    _plan(page)
    expect(page.get_by_role("heading", name="浏览器场次")).to_contain_text("草稿")

    _import(page)
    _seat(page)
    _assign(page, "监考员", ["proctor1先生", "proctor2先生"])
    _assign(page, "内部督导员", ["supervisor先生"])
    expect(page.get_by_text("人员配备符合要求")).to_be_visible()
    _assign(page, "考评员", ["examiner1先生", "examiner2先生", "examiner3先生"])
    page.get_by_role("link", name="概况").click()
    expect(page.get_by_text("您是最后修改方案的人，须由他人批准。")).to_be_visible()
    _approve(page_for("decider", "/office/paper-plans"))
    page.reload()
    expect(page.get_by_text(re.compile("decider先生 已于 .* 批准"))).to_be_visible()
    page.get_by_role("button", name="发布场次").click()
    dialog = page.get_by_role("dialog", name="发布场次")
    expect(dialog).to_contain_text("2 名考生")
    dialog.get_by_role("button", name="发布场次").click()
    expect(page.get_by_role("heading", name="浏览器场次")).to_contain_text("已发布")
    _check_stored(seed)


def _approve(page: Page) -> None:
    """Approve the paper plan of the draft as the decision maker."""
    plan = page.get_by_role("article", name="浏览器场次")
    expect(plan).to_contain_text("组卷方案尚未批准")
    faults = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []
    plan.get_by_role("button", name="批准组卷方案").click()
    page.get_by_role("dialog").get_by_role("button", name="批准组卷方案").click()
    expect(plan).to_contain_text("批准。")
    expect(plan.get_by_role("button", name="批准组卷方案")).to_have_count(0)


def _plan(page: Page) -> None:
    expect(page.get_by_role("heading", name="新建场次")).to_be_visible()
    starts_at = datetime.now(SHANGHAI) + timedelta(days=2)
    choose(page, "备案项目", "人工智能模型运用")
    expect(page.get_by_text("备案有效期")).to_be_visible()
    page.get_by_role("combobox", name="试卷").press("Enter")
    page.get_by_role("option", name=re.compile("^蓝图")).last.click()  # other tests have papers of their own
    page.get_by_label("场次名称").fill("浏览器场次")
    page.get_by_label("场次编号").fill("WEB-1")
    page.get_by_label("考核地点").fill("三号机房")
    page.get_by_label("开始时间").fill(starts_at.strftime("%Y-%m-%d 09:00"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("结束时间")).to_have_value(starts_at.strftime("%Y-%m-%d 10:00"))
    page.get_by_role("button", name="创建场次").click()


def _import(page: Page) -> None:
    page.get_by_role("link", name="报名").click()
    page.get_by_role("button", name="从表格导入").click()
    upload = page.get_by_label("表格文件")
    upload.set_input_files(workbook(*PEOPLE, ("孙三", "310101199001010000")))
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("可导入 2 行，跳过 0 行，错误 1 行")).to_be_visible()
    expect(page.get_by_role("button", name="导入 2 人")).to_have_count(0)
    upload.set_input_files(workbook(*PEOPLE))
    page.get_by_role("button", name="核对").click()
    page.get_by_role("button", name="导入 2 人").click()
    table = page.get_by_role("region", name="报名名单")
    expect(table.get_by_role("rowheader")).to_have_text([name for name, _ in PEOPLE])
    expect(table).not_to_contain_text(PEOPLE[0][1])


def _seat(page: Page) -> None:
    """Use a room by hand and no more, take over a proposal of rooms and seats, and go on to the people."""
    page.get_by_role("link", name="考场与座位").click()
    page.get_by_label("选择考场").select_option(index=1)
    page.get_by_role("button", name="选用", exact=True).click()
    page.get_by_role("button", name="不再使用").click()
    expect(page.get_by_text("还没有选用考场。")).to_be_visible()
    page.get_by_role("button", name="生成方案").click()
    expect(page.get_by_role("status").filter(has_text="2 名考生，共 30 个座位。")).to_be_visible()
    page.get_by_role("button", name="采用并随机编排座位").click()
    seats = page.get_by_role("region", name="第 01 考场座位图")
    for name, _ in PEOPLE:
        expect(seats).to_contain_text(name)
    page.get_by_role("link", name="监考与考评").click()


def _assign(page: Page, title: str, names: list[str]) -> None:
    group = page.get_by_role("group", name=title)
    for name in names:
        group.get_by_role("checkbox", name=name).check()
    card = page.locator("section", has=page.get_by_role("heading", name=title, exact=True))
    card.get_by_role("button", name="保存").click()
    expect(card.get_by_role("button", name="保存")).to_be_disabled()


def _check_stored(seed: Seed) -> None:
    with seed.transaction() as db:
        stored = only(db, ExamSession, code="WEB-1")
        assert stored
        assert stored.state == ExamSessionState.PUBLISHED
        assert stored.starts_at.astimezone(SHANGHAI).hour == 9
        assert stored.starts_at > datetime.now(UTC)
        assert db.query(ProctorAssignment).filter_by(exam_session_id=stored.id).count() == 2
        assert db.query(ExaminerAssignment).filter_by(exam_session_id=stored.id).count() == 3
        sheets = db.query(ScoreSheet).join(ScoreSheet.enrolment).filter_by(exam_session_id=stored.id).count()
        assert sheets == 2 * 2 * 3


def test_an_author_writes_an_item_and_a_reviewer_approves_it(page_for: PageFor, seed: Seed) -> None:
    author = page_for("author", "/office/banks")
    author.get_by_role("link", name="测试题库").click()
    author.get_by_role("link", name="新建试题").click()
    _write(author)
    author.get_by_role("button", name="保存草稿").click()
    expect(author.get_by_text("请标出正确选项")).to_be_visible()
    expect(author.get_by_label("题干")).to_have_value("提示词应当先写什么？")
    author.get_by_role("radio", name="正确选项").nth(1).check()
    author.get_by_role("button", name="保存草稿").click()
    author.get_by_role("button", name="提交审核").click()
    expect(author.get_by_role("heading", name="WEB-1")).to_contain_text("待审")

    reviewer = page_for("reviewer", "/office/review")
    reviewer.get_by_role("link", name="WEB-1").click()
    expect(reviewer.get_by_role("region", name="考生所见")).to_contain_text("任务")
    expect(reviewer.get_by_role("region", name="答案与解析")).to_contain_text("B. 任务")
    reviewer.get_by_role("button", name="退回修改").click()
    expect(reviewer.get_by_text("请写明退回的原因")).to_be_visible()
    reviewer.get_by_role("button", name="通过", exact=True).click()
    expect(reviewer.get_by_role("heading", name="WEB-1")).to_contain_text("已通过")
    with seed.transaction() as db:
        item = only(db, Item, code="WEB-1")
        assert item
        assert [(version.state, version.key) for version in item.versions] == [(ItemState.APPROVED, {"right": ["b"]})]


def _write(page: Page) -> None:
    expect(page.get_by_role("heading", name="新建试题")).to_be_visible()
    page.get_by_label("编号", exact=True).fill("WEB-1")
    choose(page, "知识点", "1.1 原理")
    page.get_by_label("题干").fill("提示词应当先写什么？")
    for letter, text in zip("ABCD", ("颜色", "任务", "价格", "日期"), strict=True):
        page.get_by_label(f"选项 {letter}", exact=True).fill(text)
    expect(page.get_by_role("region", name="考生所见")).to_contain_text("任务")


def test_results_are_decided_and_a_certificate_is_suspended(page_for: PageFor, seed: Seed) -> None:
    with seed.transaction() as db:
        world = _world(db, seed)
        passing.assign(db, world, datetime.now(UTC))
        for number, passes in enumerate((True, False)):
            passing.sit_and_be_marked(db, world, number, datetime.now(UTC), passes=passes)
    decider = page_for("decider", "/office/decisions")
    decider.get_by_role("link", name="测试场次").click()
    passed, failed = (decider.get_by_role("region", name=f"{number} 号考生的成绩构成") for number in (1, 2))
    expect(passed).to_contain_text("考评员：examiner1先生、examiner2先生")
    expect(failed.get_by_role("button", name="同意发证")).to_be_disabled()
    failed.get_by_role("button", name="不予发证").click()
    expect(failed).to_contain_text("请写明不予发证的原因")
    failed.get_by_label("认定意见").fill("总分不足 60 分")
    failed.get_by_role("button", name="不予发证").click()
    passed.get_by_role("button", name="同意发证").click()
    made = decider.get_by_role("region", name="已作出的认定")
    expect(made.get_by_role("row")).to_have_count(3)
    _suspend(page_for("office", f"/office/sessions/{seed.world_session_id}/certificates"))
    with seed.transaction() as db:
        assert [one.state for one in db.query(Certificate)] == [CertificateState.SUSPENDED]
    supervisor = page_for("supervisor", f"/office/supervision/{seed.world_session_id}")
    expect(supervisor.get_by_text("审计链完整，未发现改动。")).to_be_visible()
    expect(supervisor.get_by_role("region", name="审计记录")).to_contain_text("暂停证书")


def _suspend(page: Page) -> None:
    for _ in range(20):  # the worker issues it within moments
        page.wait_for_load_state("networkidle")
        if not page.get_by_text("还没有证书").is_visible():
            break
        page.wait_for_timeout(250)
        page.reload()
    page.get_by_role("button", name="暂停").click()
    dialog = page.get_by_role("dialog", name="暂停")
    dialog.get_by_role("button", name="暂停").click()
    expect(dialog).to_contain_text("此项必填")
    dialog.get_by_label("原因").fill("核查中")
    dialog.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("button", name="恢复")).to_be_visible()


def _world(db: Session, seed: Seed) -> SimpleNamespace:
    """Return as much of the world as `passing` asks for."""
    enrolments = db.query(Enrolment).filter_by(exam_session_id=seed.world_session_id).order_by(*by_seat())
    staff = {account.username: account for account in db.query(Account)}
    exam_session = db.get_one(ExamSession, seed.world_session_id)
    return SimpleNamespace(
        enrolments=enrolments.all(), staff=staff, exam_session=exam_session, by=lambda name: seed.by(db, name)
    )


def test_what_is_not_for_a_role_is_neither_in_its_menu_nor_at_its_address(page_for: PageFor, seed: Seed) -> None:
    page = page_for("author", "/office/sessions")
    expect(page.get_by_role("heading", name="您的账号不能使用此页面")).to_be_visible()
    menu = page.get_by_role("navigation", name="功能菜单")
    expect(menu.get_by_role("link")).to_have_text(["首页", "题库", "后台任务", "通知邮箱", "备案名录"])


@pytest.mark.parametrize(
    ("username", "paths"),
    [
        ("office", ["/", "/sessions", "/sessions/new", "/sessions/{session}", "/sessions/{session}/enrolments"]),
        ("office", ["/sessions/{session}/people", "/sessions/{session}/results", "/sessions/{session}/certificates"]),
        ("author", ["/banks", "/banks/{bank}/items", "/banks/{bank}/items/new", "/banks/{bank}/coverage"]),
        ("office", ["/banks/{bank}/practicals", "/banks/{bank}/blueprints", "/banks/{bank}/papers", "/papers/{paper}"]),
        ("decider", ["/paper-plans", "/decisions", "/decisions/{session}"]),
        ("supervisor", ["/supervision", "/supervision/{session}", "/registry"]),
        ("registrar", ["/", "/cases", "/board", "/calendar", "/holidays"]),
        ("registrar", ["/notices", "/notices/new", "/objections", "/filings"]),
    ],
)
def test_the_offices_pages_have_no_accessibility_faults(
    page_for: PageFor, seed: Seed, username: str, paths: list[str]
) -> None:
    with seed.transaction() as db:
        item = db.query(Item).filter_by(code="T1-1").one()
        ids = {"session": seed.world_session_id, "bank": item.bank_id, "paper": seed.paper_id}
    page = page_for(username, "/office/")
    for path in paths:
        page.goto("/office" + path.format(**ids))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        faults = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        assert [(path, fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []

"""The office writes conditions of application into a draft, and states of everybody enrolled which one they meet."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from browsers import PageFor
from exams import Seed, identity_number
from playwright.sync_api import expect

from examsvc.delivery import enrolling, planning
from examsvc.delivery.enrolling import Person

WORKER, STUDENT = "具有相应技能的劳动者", "本专业在校学生"


def _draft(seed: Seed) -> UUID:
    """Make a draft in which one person is enrolled already."""
    starts_at = datetime.now(UTC) + timedelta(days=5)
    with seed.transaction() as db:
        act = {"by": seed.by(db, "office"), "now": datetime.now(UTC)}
        plan = planning.SessionPlan(
            code="COND-1",
            title="申报条件场次",
            place="一号机房",
            filing_id=seed.filing_id,
            paper_id=seed.paper_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=60),
            minutes=60,
        )
        exam_session_id = planning.create_session(db, plan, **act).id
        enrolling.enrol(db, exam_session_id, Person("赵一", identity_number(811)), **act)
        return exam_session_id


def test_conditions_are_written_into_a_draft_and_stated_by_everybody(page_for: PageFor, seed: Seed) -> None:
    exam_session_id = _draft(seed)
    page = page_for("office", f"/office/sessions/{exam_session_id}/edit")
    page.get_by_role("textbox", name="申报条件第 1 条").fill(WORKER)
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="申报条件第 2 条").fill(STUDENT)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"1. {WORKER} 2. {STUDENT}")).to_be_visible()

    page.get_by_role("link", name="报名").click()
    table = page.get_by_role("region", name="报名名单")
    expect(table).to_contain_text("未填")
    table.get_by_role("button", name="填写").click()
    dialog = page.get_by_role("dialog", name="赵一 的申报条件")
    dialog.get_by_label("申报条件").select_option(f"2. {STUDENT}")
    dialog.get_by_role("button", name="保存").click()
    expect(table).not_to_contain_text("未填")

    page.get_by_role("button", name="添加一人").click()
    form = page.locator("form", has=page.get_by_role("heading", name="添加一人"))
    form.get_by_label("姓名").fill("钱二")
    form.get_by_label("公民身份号码").fill(identity_number(812))
    form.get_by_role("button", name="报名").click()
    expect(form).to_contain_text("缺少申报条件")
    form.get_by_label("申报条件").select_option(f"1. {WORKER}")
    form.get_by_role("button", name="报名").click()
    expect(table.get_by_role("rowheader")).to_have_text(["赵一", "钱二"])
    with seed.transaction() as db:
        assert [one.condition_number for one in enrolling.enrolments_of(db, exam_session_id)] == [2, 1]

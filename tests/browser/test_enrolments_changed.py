"""The office corrects a name and withdraws an enrolment on the page of enrolments."""

from browsers import PageFor
from exams import Seed
from playwright.sync_api import expect

from examsvc.delivery import enrolling

RIGHT = "欧阳晓明"


def test_a_name_is_corrected_and_a_row_too_many_is_withdrawn(page_for: PageFor, seed: Seed) -> None:
    exam_session_id = seed.exam(starts_in=86_400)
    first, second = seed.tickets(exam_session_id, 2)
    page = page_for("office", f"/office/sessions/{exam_session_id}/enrolments")
    table = page.get_by_role("region", name="报名名单")
    names = table.get_by_role("rowheader")
    expect(names).to_have_text([first.name, second.name])

    table.get_by_role("row", name=first.name).get_by_role("button", name="更正姓名").click()
    dialog = page.get_by_role("dialog", name=f"更正 {first.name} 的姓名")
    dialog.get_by_label("姓名", exact=True).fill(RIGHT)
    dialog.get_by_label("原因").fill("录入有误")
    dialog.get_by_role("button", name="保存").click()
    expect(names).to_have_text([RIGHT, second.name])

    table.get_by_role("row", name=second.name).get_by_role("button", name="撤销报名").click()
    dialog = page.get_by_role("dialog", name=f"撤销 {second.name} 的报名")
    dialog.get_by_role("button", name="撤销报名").click()
    expect(dialog).to_contain_text("此项必填")
    dialog.get_by_label("原因").fill("重复导入")
    dialog.get_by_role("button", name="撤销报名").click()
    expect(names).to_have_text([RIGHT])
    with seed.transaction() as db:
        assert [one.candidate.name for one in enrolling.enrolments_of(db, exam_session_id)] == [RIGHT]

"""What stands against a published exam session is said to the office and to the chief proctor until it is mended."""

import exam_rooms
from browsers import PageFor
from exams import Seed
from playwright.sync_api import expect

from examsvc.core.db import get
from examsvc.delivery import enrolling
from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.models import ExamSession, SessionRoom
from examsvc.delivery.rooms import using


def test_a_separate_room_granted_late_is_said_until_the_seat_is_moved(page_for: PageFor, seed: Seed) -> None:
    exam_session_id = seed.exam(starts_in=86_400)
    with seed.transaction() as db:
        exam_session = get(db, ExamSession, exam_session_id)
        act = {"by": seed.by(db, "office"), "now": exam_session.created_at}
        (enrolment,) = enrolling.enrolments_of(db, exam_session_id)
        name = enrolment.candidate.name
        room: SessionRoom = exam_rooms.give_room(db, exam_session, seats=1, **act)
        using.change_use(db, exam_session_id, room.id, capacity=1, is_separate=True, **act)
        scope = Scope(enrolment_id=enrolment.id)
        deciding.decide(db, exam_session_id, scope, Grant(separate_room=True), Basis("残联证明", "档案 12"), **act)
    said = f"获准单独考场、却仍与他人同场的考生：{name}"

    wall = page_for("proctor1", f"/wall/{exam_session_id}")
    expect(wall.get_by_text(said)).to_be_visible()
    page = page_for("office", f"/office/sessions/{exam_session_id}/rooms")
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("region", name="第 01 考场座位图").get_by_role("button", name=name).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("考场").select_option(index=1)
    dialog.get_by_label("原因").fill("单独考场")
    dialog.get_by_role("button", name="调整座位").click()
    expect(page.get_by_text(said)).to_have_count(0)
    wall.reload()
    expect(wall.get_by_role("heading").first).to_be_visible()
    expect(wall.get_by_text(said)).to_have_count(0)

"""A marker marks written answers by keyboard; the office sees how far the marking is."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import PageFor
from exams import Seed
from papers_in_writing import answers_to, paper_in_writing
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import system
from examsvc.delivery import signals
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.states import FinishReason, SittingState
from questionbank.models import Item
from scoring.written import dividing
from scoring.written.dividing import Division
from scoring.written.duties import DutyLine
from scoring.written.models import WrittenMark
from scoring.written.states import Duty

TABLET = {"viewport": {"width": 1280, "height": 800}, "has_touch": True}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PEOPLE = (("examiner1", Duty.MARKER), ("examiner2", Duty.MARKER), ("examiner3", Duty.ARBITER))


@pytest.fixture
def written(seed: Seed) -> UUID:
    """An exam session whose two candidates have answered in writing, divided among three people."""
    now = datetime.now(UTC)
    with seed.transaction() as db:
        bank = db.scalars(select(Item).filter_by(code="T1-1")).one().bank
        paper = paper_in_writing(db, bank, seed.filing_id, lambda name: seed.by(db, name), now)
        answers = answers_to(paper, "先检索资料，\n再据此生成，因此更可靠。")
        paper_id = paper.id
    exam_session_id = seed.exam(paper_id=paper_id)
    tickets = seed.tickets(exam_session_id, 2)
    with seed.transaction() as db:
        people = {name: seed.by(db, name).account_id for name, _ in PEOPLE}
        lines = [DutyLine(key, duty) for name, duty in PEOPLE if (key := people[name])]
        dividing.divide(db, exam_session_id, Division(lines), by=seed.by(db, "office"), now=now)
        for ticket in tickets:
            hand_in(db, db.get_one(Sitting, ticket.sitting_id), answers, now)
    return exam_session_id


def hand_in(db: Session, sitting: Sitting, answers: dict[str, object], now: datetime) -> None:
    for seq, (ref, answer) in enumerate(answers.items(), start=1):
        line = {"sitting_id": sitting.id, "epoch": 1, "seq": seq, "item_ref": ref, "answer": answer, "flagged": False}
        db.add(Response(**line, client_at=now, received_at=now, chain="0" * 64))
    sitting.opened_at = now
    states.move(db, sitting, SittingState.IN_PROGRESS, by=system("tests"), now=now)
    sitting.finished_at, sitting.finish_reason = now, FinishReason.BY_CANDIDATE
    states.move(db, sitting, SittingState.HANDED_IN, by=system("tests"), now=now)
    db.flush()
    signals.sitting_finished.send(sitting, db=db, now=now)


def test_a_marker_marks_by_keyboard_also_while_the_network_is_away(
    page_for: PageFor, seed: Seed, written: UUID
) -> None:
    page = page_for("examiner1", f"/examiner/written/{written}", **TABLET)
    page.get_by_role("link", name="第 3 题").click()
    expect(page.get_by_text("先检索资料")).to_be_visible()
    expect(page.get_by_text("参考要点一")).to_be_visible()
    expect(page.get_by_role("textbox", name="给分")).to_be_focused()
    assert Axe().run(page, options=WCAG).response["violations"] == []
    page.keyboard.type("15.5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已评 1 / 2")).to_be_visible()
    expect(page.get_by_role("textbox", name="给分")).to_have_value("")  # the next answer is there
    expect(page.get_by_role("textbox", name="给分")).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="尚未保存")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    with seed.transaction() as db:
        assert sorted(value or 0 for value in db.scalars(select(WrittenMark.value))) == [12_00, 15_50]
    office = page_for("office", f"/office/sessions/{written}/marking")
    expect(office.get_by_text("已评 2 / 12")).to_be_visible()
    expect(office.get_by_text("尚不能结束评阅")).to_be_visible()
    assert Axe().run(office, options=WCAG).response["violations"] == []

"""An exam session that asks for written answers, and people who mark them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from callers import Caller
from items import PLAIN, composite
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from world import World

from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery import dealing
from examsvc.delivery.models import ExamSession, Sitting
from questionbank import authoring, drawing, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.draw import Row
from questionbank.kinds import Difficulty, ItemType
from questionbank.models import ItemBank, Paper
from questionbank.registration import registering

SHORT, TRUE, CASE = ItemType.SHORT_ANSWER, ItemType.TRUE_FALSE, ItemType.COMPOSITE
PARTS = (ItemType.TRUE_FALSE, ItemType.SHORT_ANSWER, ItemType.EXTENDED_ANSWER)  # of shares 1, 2, 3
WRITTEN = {SHORT: PLAIN[SHORT], TRUE: PLAIN[TRUE], CASE: composite(*PARTS)}
POINTS = {SHORT: 20_00, TRUE: 20_00, CASE: 10_00}


By = Callable[[str], Identity]


def ask_in_writing(db: Session, world: World) -> Paper:
    """Give the world's exam session such a paper."""
    paper = paper_in_writing(db, get(db, ItemBank, world.bank.id), world.filing.id, world.by, world.now)
    exam_session = get(db, ExamSession, world.exam_session.id)
    exam_session.paper_id = paper.id
    db.flush()
    query = select(Sitting).where(Sitting.enrolment_id.in_([one.id for one in world.enrolments]))
    dealing.give_papers(db, exam_session, db.scalars(query).all())
    return paper


def paper_in_writing(db: Session, bank: ItemBank, filing_id: UUID, by: By, now: datetime) -> Paper:
    """Draw a paper with a short answer, and a case with two written parts, for each task.

    A work task has 50 points: 20 short, 20 true or false, 10 the case, whose parts are worth 1⅔, 3⅓ and 5.
    """
    for task in bank.specification.work_tasks:
        for kind, (content, key) in WRITTEN.items():
            wording = Wording(kind, Difficulty.EASY, task.knowledge_points[0].id, content, key, "")
            _release(db, bank.id, f"W{task.number}-{kind}", wording, by, now)
    act: dict[str, Any] = {"by": by("office"), "now": now}
    registering.register(db, bank.id, filing_id=filing_id, **act)
    rows = [Row(task, kind, 1, points) for task in (1, 2) for kind, points in POINTS.items()]
    blueprint = drawing.add_blueprint(db, bank.id, "含主观题", rows, now=now)
    return drawing.draw_paper(db, blueprint.id, seed="written", **act)


def _release(db: Session, bank_id: UUID, code: str, wording: Wording, by: By, now: datetime) -> None:
    version = authoring.write_item(db, bank_id, code, wording, by=by("author"), now=now)
    reviewing.submit(db, version.id, by=by("author"), now=now)
    reviewing.approve(db, version.id, by=by("reviewer"), now=now)
    releasing.release(db, version.id, by=by("reviewer"), now=now)


def answers_to(paper: Paper, text: str = "答", *, right: bool = True) -> dict[str, Any]:
    """Return an answer to every question: the same text wherever something is to be written."""
    forms: Mapping[ItemType, Any] = {
        SHORT: {"text": text},
        TRUE: {"value": right},
        CASE: {"parts": {"p1": {"value": right}, "p2": {"text": text}, "p3": {"text": text}}},
    }
    asked = [(entry, ItemType(entry.item_version.type)) for entry in paper.items]
    return {entry.ref: forms.get(kind) for entry, kind in asked}


class Desk:
    """A marker in front of the application."""

    def __init__(self, caller: Caller, exam_session_id: UUID) -> None:
        self.caller, self.exam_session_id = caller, exam_session_id

    def session(self) -> dict[str, Any]:
        return self._got(f"/api/marker/sessions/{self.exam_session_id}")

    def question(self, version_id: str) -> dict[str, Any]:
        return self._got(f"/api/marker/sessions/{self.exam_session_id}/questions/{version_id}")

    def answer(self, answer_id: str) -> dict[str, Any]:
        return self._got(f"/api/written-answers/{answer_id}")

    def lines(self) -> list[dict[str, Any]]:
        """Return the answers that are mine, of all my questions."""
        asked = [self.question(line["version_id"]) for line in self.session()["questions"]]
        return [answer for question in asked for answer in question["answers"]]

    def send(self, answer_id: str, value: int | None, **changes: Any) -> TestResponse:
        event = {"event_id": str(uuid4()), "value": value, "note": "", "answer_digest": self._digest(answer_id)}
        return self.caller.put(f"/api/written-answers/{answer_id}/mark", {**event, **changes})

    def mark(self, answer_id: str, value: int | None, **changes: Any) -> dict[str, Any]:
        answer = self.send(answer_id, value, **changes)
        assert answer.status_code == 200, answer.json
        view: dict[str, Any] = answer.json
        return view

    def mark_all(self, share: int) -> None:
        """Give every answer of mine `share` percent of its most, to the step below."""
        for line in self.lines():
            view = self.answer(line["answer_id"])
            value = view["most"] if share == 100 else view["most"] * share // 100 // view["step"] * view["step"]
            self.mark(line["answer_id"], value)

    def _digest(self, answer_id: str) -> str:
        answer = self.caller.get(f"/api/written-answers/{answer_id}")
        return str(answer.json["answer_digest"]) if answer.status_code == 200 else "0" * 64

    def _got(self, path: str) -> dict[str, Any]:
        answer = self.caller.get(path)
        assert answer.status_code == 200, answer.json
        view: dict[str, Any] = answer.json
        return view

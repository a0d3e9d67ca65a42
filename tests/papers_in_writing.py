"""An exam session that asks for written answers, and people who mark them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from callers import Caller
from items import PLAIN, composite
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from world import World

from examsvc.core.db import get
from examsvc.delivery import enrolling
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.registry.models import SchemeSpecification
from questionbank import authoring, drawing, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.draw import Row
from questionbank.kinds import Difficulty, ItemType
from questionbank.models import Paper
from questionbank.registration import registering

SHORT, TRUE, CASE = ItemType.SHORT_ANSWER, ItemType.TRUE_FALSE, ItemType.COMPOSITE
PARTS = (ItemType.TRUE_FALSE, ItemType.SHORT_ANSWER, ItemType.EXTENDED_ANSWER)  # of shares 1, 2, 3
WRITTEN = {SHORT: PLAIN[SHORT], TRUE: PLAIN[TRUE], CASE: composite(*PARTS)}
POINTS = {SHORT: 20_00, TRUE: 20_00, CASE: 10_00}


def ask_in_writing(db: Session, world: World) -> Paper:
    """Give the world's exam session a paper with a short answer, and a case with two written parts, for each task.

    A work task has 50 points: 20 short, 20 true or false, 10 the case, whose parts are worth 1⅔, 3⅓ and 5.
    """
    for task in get(db, SchemeSpecification, world.specification.id).work_tasks:
        for kind, (content, key) in WRITTEN.items():
            wording = Wording(kind, Difficulty.EASY, task.knowledge_points[0].id, content, key, "")
            _release(db, world, f"W{task.number}-{kind}", wording)
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    registering.register(db, world.bank.id, filing_id=world.filing.id, **act)
    rows = [Row(task, kind, 1, points) for task in (1, 2) for kind, points in POINTS.items()]
    blueprint = drawing.add_blueprint(db, world.bank.id, "含主观题", rows, now=world.now)
    paper = drawing.draw_paper(db, blueprint.id, seed="written", **act)
    exam_session = get(db, ExamSession, world.exam_session.id)
    exam_session.paper_id = paper.id
    db.flush()
    for one in world.enrolments:
        enrolment = get(db, Enrolment, one.id)
        query = select(Sitting).where(Sitting.enrolment_id == enrolment.id)
        db.scalars(query).one().arrangement = enrolling.new_arrangement(db, exam_session)
    return paper


def _release(db: Session, world: World, code: str, wording: Wording) -> None:
    author, reviewer = world.by("author"), world.by("reviewer")
    version = authoring.write_item(db, world.bank.id, code, wording, by=author, now=world.now)
    reviewing.submit(db, version.id, by=author, now=world.now)
    reviewing.approve(db, version.id, by=reviewer, now=world.now)
    releasing.release(db, version.id, by=reviewer, now=world.now)


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

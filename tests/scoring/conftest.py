"""Examiners with tablets, and a candidate's answers, as the scoring tests need them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from papers_in_writing import Desk, ask_in_writing
from scenes import scene
from sqlalchemy.orm import Session
from tablets import Tablet
from world import World

from examsvc.core import states
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import system
from examsvc.delivery import signals
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.states import FinishReason, SittingState
from questionbank.models import Paper, PaperItem
from scoring import assigning
from scoring.written import dividing
from scoring.written.dividing import Division
from scoring.written.duties import DutyLine
from scoring.written.states import Duty


@scene
def examined(world: World, database: Database, moving_clock: MovableClock) -> World:
    """The world with examiner1 and examiner2 assigned."""
    ids = [world.staff[name].id for name in ("examiner1", "examiner2")]
    with database.transaction() as db:
        assigning.assign_examiners(db, world.exam_session.id, ids, by=world.by("office"), now=moving_clock())
    return world


@pytest.fixture
def tablet(app: Flask, examined: World, moving_clock: MovableClock) -> Callable[..., Tablet]:
    def lend(username: str = "examiner1") -> Tablet:
        return Tablet(Caller(app).log_in(username), moving_clock)

    return lend


@pytest.fixture
def first_sheet(tablet: Callable[..., Tablet], examined: World) -> tuple[Tablet, str]:
    """examiner1's tablet and their sheet for seat 1, task 1."""
    own = tablet()
    return own, own.sheets(examined.exam_session.id)[0]["sheet_id"]


def respond(db: Session, sitting: Sitting, answers: Mapping[str, Any], now: datetime, epoch: int = 1) -> None:
    """Put answers into the log as delivery does."""
    for seq, (ref, answer) in enumerate(answers.items(), start=1):
        line = {"sitting_id": sitting.id, "epoch": epoch, "seq": seq, "item_ref": ref, "answer": answer}
        db.add(Response(**line, flagged=False, client_at=now, received_at=now, chain="0" * 64))
    db.flush()


def finish(db: Session, sitting: Sitting, target: SittingState, now: datetime) -> None:
    """Bring a sitting to its end and announce it, as delivery does."""
    by = system("tests")
    if target != SittingState.ABSENT:
        sitting.opened_at = now
        states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now)
    sitting.finished_at, sitting.finish_reason = now, FinishReason.BY_CANDIDATE
    states.move(db, sitting, target, by=by, now=now)
    db.flush()
    signals.sitting_finished.send(sitting, db=db, now=now)


@pytest.fixture
def sit(database: Database, moving_clock: MovableClock) -> Callable[..., None]:
    """Let a candidate answer and finish: `sit(enrolment, {ref: answer}, state)`."""

    def sit(enrolment: Any, answers: Mapping[str, Any], target: SittingState = SittingState.HANDED_IN) -> None:
        with database.transaction() as db:
            sitting = db.get_one(Sitting, enrolment.sitting.id)
            respond(db, sitting, answers, moving_clock())
            finish(db, sitting, target, moving_clock())

    return sit


def right_answers(items: list[PaperItem]) -> dict[str, Any]:
    """Return the right answer for every question of the world's paper."""
    forms = {
        "SINGLE_CHOICE": lambda key: {"choice": key["right"][0]},
        "MULTIPLE_CHOICE": lambda key: {"choices": key["right"]},
        "TRUE_FALSE": lambda key: {"value": key["value"]},
        "FILL_IN": lambda key: {"blanks": [accepted[0] for accepted in key["blanks"]]},
        "NUMERIC": lambda key: {"text": key["value"]},
    }
    return {item.ref: forms[item.item_version.type](item.item_version.key) for item in items}


@pytest.fixture
def key(world: World, database: Database) -> dict[str, Any]:
    """The right answers of the world's paper."""
    with database.reading() as db:
        return right_answers(db.get_one(Paper, world.paper.id).items)


MARKERS = ("examiner1", "examiner2")
ARBITER = "examiner3"


@scene
def written(world: World, database: Database) -> Paper:
    """The paper with written questions, in the world's exam session."""
    with database.transaction() as db:
        paper = ask_in_writing(db, world)
        _ = [entry.item_version.key for entry in paper.items]
    return paper


@scene
def divided(world: World, written: Paper, database: Database, moving_clock: MovableClock) -> Paper:
    """The same, divided among two markers and an arbiter for all questions."""
    lines = [DutyLine(world.staff[name].id, Duty.MARKER) for name in MARKERS]
    lines.append(DutyLine(world.staff[ARBITER].id, Duty.ARBITER))
    with database.transaction() as db:
        dividing.divide(db, world.exam_session.id, Division(lines), by=world.by("office"), now=moving_clock())
    return written


@pytest.fixture
def desk(app: Flask, world: World) -> Callable[..., Desk]:
    return lambda username: Desk(Caller(app).log_in(username), world.exam_session.id)

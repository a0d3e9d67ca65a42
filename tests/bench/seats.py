"""Candidates in the middle of their exam, put into PostgreSQL in bulk: all that a page needs to go on saving."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session
from world import World

from examsvc.accounts import access
from examsvc.accounts.models import Account, AccountRole, Login
from examsvc.accounts.roles import Role
from examsvc.core.ids import new_id
from examsvc.delivery import paper_forms
from examsvc.delivery.models import Candidate, Enrolment, Sitting
from examsvc.delivery.questions import Question
from examsvc.delivery.states import SittingState
from questionbank.kinds import ItemType

LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Seat:
    """What a page holds: its sitting, its login's token, and the CSRF token that belongs to it."""

    sitting_id: str
    token: str
    csrf_token: str


def take(db: Session, count: int, now: datetime) -> tuple[list[Seat], dict[str, Any]]:
    """Seat so many candidates in a world's exam session; return the seats, and an answer to each question."""
    world = World(db, now)
    db.flush()
    model = world.enrolments[0].sitting
    seats = [_seat() for _ in range(count)]
    for table, rows in _rows(world, model, seats, now).items():
        db.execute(insert(table), rows)
    form = paper_forms.of_sitting(db, model)
    return seats, {ref: _answer(question) for ref, question in form.items()}


def _seat() -> Seat:
    token = secrets.token_urlsafe(32)
    return Seat(str(new_id()), token, access.csrf_token(token))


def _rows(world: World, model: Sitting, seats: list[Seat], now: datetime) -> dict[Any, list[dict[str, Any]]]:
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (Account, AccountRole, Login, Candidate, Enrolment, Sitting)
    }
    for number, seat in enumerate(seats, start=1):
        account, candidate, enrolment = new_id(), new_id(), new_id()
        rows[Account].append(
            {"id": account, "username": f"bench{number}", "display_name": "考生", "state": "ACTIVE", "created_at": now}
        )
        rows[AccountRole].append({"account_id": account, "role": Role.CANDIDATE})
        rows[Login].append(_login(account, seat, now))
        rows[Candidate].append(_candidate(candidate, account, now))
        rows[Enrolment].append(_enrolment(enrolment, candidate, number, world.exam_session.id, now))
        rows[Sitting].append(_sitting(enrolment, seat, model, now))
    return rows


def _login(account: UUID, seat: Seat, now: datetime) -> dict[str, Any]:
    digest = hashlib.sha256(seat.token.encode()).hexdigest()
    own = {"id": new_id(), "account_id": account, "token_digest": digest}
    return {**own, "opened_at": now, "expires_at": now + LASTS, "user_agent": "bench"}


def _candidate(candidate: UUID, account: UUID, now: datetime) -> dict[str, Any]:
    own = {"id": candidate, "account_id": account, "name": "考生", "document_type": "ID_CARD"}
    return {**own, "identity_sealed": b"-", "identity_index": secrets.token_hex(32), "created_at": now}


def _enrolment(enrolment: UUID, candidate: UUID, number: int, session: UUID, now: datetime) -> dict[str, Any]:
    own = {"id": enrolment, "exam_session_id": session, "candidate_id": candidate, "seat_number": 1_000 + number}
    return {**own, "ticket_number": f"B{number:07}", "created_at": now}


def _sitting(enrolment: UUID, seat: Seat, model: Sitting, now: datetime) -> dict[str, Any]:
    defaults = {column.key: getattr(model, column.key) for column in inspect(Sitting).column_attrs}
    own = {"id": UUID(seat.sitting_id), "enrolment_id": enrolment, "state": SittingState.IN_PROGRESS}
    return {**defaults, **own, "has_own_form": False, "epoch": 1, "opened_at": now, "closes_at": now + LASTS}


def _answer(question: Question) -> dict[str, Any]:
    some = {"choice": question.option_ids[:1], "choices": question.option_ids}
    match question.type:
        case ItemType.SINGLE_CHOICE:
            return {"choice": some["choice"][0]}
        case ItemType.MULTIPLE_CHOICE:
            return {"choices": list(some["choices"][:2])}
        case ItemType.TRUE_FALSE:
            return {"value": True}
        case ItemType.FILL_IN:
            return {"blanks": ["提示词"] * (question.blanks or 0)}
        case _:
            return {"text": "1.5"}

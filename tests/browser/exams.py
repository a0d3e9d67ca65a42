"""What browser tests live in: the world, and exam sessions around the present moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import exam_rooms
import publishing
from pictures import scene
from running import Service
from sqlalchemy.orm import Session
from world import World, identity

from examsvc.accounts.models import Account
from examsvc.core import blobs
from examsvc.core.db import Database, get, only
from examsvc.core.identity import Identity
from examsvc.delivery import enrolling, identity_numbers, invigilating, planning, responding
from examsvc.delivery.models import ExamSession, Response, Sitting
from examsvc.delivery.states import CameraRule, ClockRule
from proctoring import membership

NAMES = ("王小明", "李娜", "张伟", "刘洋", "陈静")


@dataclass(frozen=True)
class Ticket:
    """What a candidate brings along."""

    number: str
    proof: str
    name: str
    sitting_id: UUID
    exam_session_id: UUID


class Seed:
    """Makes exam sessions and candidates in the running service's data."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.database: Database = service.open_database()
        self.numbers = count(1)
        with self.database.transaction() as db:
            world = World(db, datetime.now(UTC))
            self.filing_id, self.paper_id = world.filing.id, world.paper.id
            self.world_session_id = world.exam_session.id

    def close(self) -> None:
        self.database.close()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        blobs.use_store(self.service.settings.blobs_url)  # a test may have opened another service here
        with self.database.transaction() as db:
            yield db

    def by(self, db: Session, username: str) -> Identity:
        account = only(db, Account, username=username)
        assert account
        return identity(account)

    def exam(self, *, starts_in: float = -1_800, minutes: int = 60, **plan: Any) -> UUID:
        """Publish an exam session that starts in so many seconds, with one candidate; return its id.

        Without another wish it has a common clock, lets everybody in and out at any time, and asks for no camera.
        """
        starts_at = datetime.now(UTC) + timedelta(seconds=starts_in)
        number = next(self.numbers)
        wishes = {
            "clock_rule": ClockRule.COMMON,
            "camera_rule": CameraRule.OPTIONAL,
            "late_entry_minutes": 600,
            "earliest_hand_in_minutes": 0,
            "last_minutes_consent": 0,
            "grace_seconds": 3,
            "ends_at": starts_at + timedelta(minutes=minutes),
            "paper_id": self.paper_id,
            **plan,
        }
        with self.transaction() as db:
            act = {"by": self.by(db, "office"), "now": datetime.now(UTC)}
            whole = planning.SessionPlan(
                code=f"B{number}",
                title="人工智能模型运用（理论）",
                place="一号机房",
                filing_id=self.filing_id,
                starts_at=starts_at,
                minutes=minutes,
                **wishes,
            )
            exam_session: ExamSession = planning.create_session(db, whole, **act)
            membership.assign(db, exam_session.id, [self.by(db, "proctor1").account_id], **act)
            exam_rooms.give_room(db, exam_session, **act)
            self._enrol(db, exam_session.id)
            publishing.publish(db, exam_session.id, **act)
            return exam_session.id

    def ticket(self, *, starts_in: float = -1_800, minutes: int = 60, **plan: Any) -> Ticket:
        """Return the ticket of the only candidate of a new exam session."""
        exam_session_id = self.exam(starts_in=starts_in, minutes=minutes, **plan)
        with self.transaction() as db:
            return self._tickets(db, exam_session_id)[0]

    def tickets(self, exam_session_id: UUID, candidates: int) -> list[Ticket]:
        """Enrol candidates until there are so many; return all tickets of the exam session by seat."""
        with self.transaction() as db:
            while len(found := self._tickets(db, exam_session_id)) < candidates:
                self._enrol(db, exam_session_id)
            return found

    def _enrol(self, db: Session, exam_session_id: UUID) -> None:
        number = next(self.numbers)
        person = enrolling.Person(NAMES[number % len(NAMES)], identity_number(number), scene(number, size=(295, 413)))
        enrolling.enrol(db, exam_session_id, person, by=self.by(db, "office"), now=datetime.now(UTC))

    def _tickets(self, db: Session, exam_session_id: UUID) -> list[Ticket]:
        found = db.query(Sitting).join(Sitting.enrolment).filter_by(exam_session_id=exam_session_id).all()
        return [_ticket(sitting) for sitting in sorted(found, key=lambda each: each.enrolment.seat)]

    def extend(self, ticket: Ticket, seconds: int) -> None:
        """Give more time, without a word to the page."""
        with self.transaction() as db:
            invigilating.extend(
                db,
                ticket.sitting_id,
                seconds=seconds,
                reason="设备故障",
                by=self.by(db, "proctor1"),
                now=datetime.now(UTC),
            )

    def stored(self, ticket: Ticket) -> dict[str, Any]:
        """The latest stored answer of each question."""
        with self.transaction() as db:
            return {response.item_ref: response.answer for response in responding.latest(db, ticket.sitting_id)}

    def lines(self, ticket: Ticket) -> list[tuple[int, int, str]]:
        """Every stored line as (epoch, seq, question)."""
        with self.transaction() as db:
            rows: list[Response] = responding.log(db, ticket.sitting_id)
            return [(row.epoch, row.seq, row.item_ref) for row in rows]

    def room(self, ticket: Ticket) -> UUID:
        """The room of the exam session in which the candidate has a seat."""
        with self.transaction() as db:
            room_id = get(db, Sitting, ticket.sitting_id).enrolment.session_room_id
            assert room_id
            return room_id

    def sitting(self, ticket: Ticket) -> Sitting:
        with self.transaction() as db:
            found = db.get(Sitting, ticket.sitting_id)
            assert found
            db.expunge(found)
            return found


def identity_number(number: int) -> str:
    """A valid 公民身份号码 that nobody has: a woman or man of Shanghai's Huangpu, born on 1990-01-01."""
    body = f"31010119900101{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _ticket(sitting: Sitting) -> Ticket:
    enrolment = sitting.enrolment
    proof = identity_numbers.unseal(enrolment.candidate.identity_sealed)[-6:]
    return Ticket(enrolment.ticket_number, proof, enrolment.candidate.name, sitting.id, enrolment.exam_session_id)

"""What the database holds of a rehearsal: read past the service, so that nobody has to believe it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, Response, Sitting
from examsvc.rehearsal.history import Stored
from scoring.models import ComponentScore


@dataclass(frozen=True)
class Ended:
    """How many sittings are over, and how many of them are scored."""

    final: int
    scored: int


def responses(db: Session, exam_session_id: UUID) -> Mapping[UUID, Sequence[Stored]]:
    """Return the stored responses by sitting."""
    columns = (Response.epoch, Response.seq, Response.item_ref, Response.answer, Response.chain)
    query = (
        select(Response.sitting_id, *columns)
        .join(Sitting, Sitting.id == Response.sitting_id)
        .join(Enrolment, Enrolment.id == Sitting.enrolment_id)
        .where(Enrolment.exam_session_id == exam_session_id)
    )
    found: dict[UUID, list[Stored]] = {}
    for sitting_id, *row in db.execute(query):
        found.setdefault(sitting_id, []).append(Stored(*row))
    return found


def final(db: Session, exam_session_id: UUID) -> dict[UUID, bool]:
    """Return for each sitting whether it is over."""
    query = select(Sitting.id, Sitting.finished_at.is_not(None)).join(Enrolment)
    return {key: bool(over) for key, over in db.execute(query.where(Enrolment.exam_session_id == exam_session_id))}


def ended(db: Session, exam_session_id: UUID) -> Ended:
    """Return how far the hand-ins are."""
    over = (
        select(func.count())
        .select_from(Sitting)
        .join(Enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, Sitting.finished_at.is_not(None))
    )
    scored = over.where(exists().where(ComponentScore.enrolment_id == Enrolment.id))
    return Ended(db.scalar(over) or 0, db.scalar(scored) or 0)


def backend_pid(db: Session) -> int | None:
    """Return the process of the database that serves us; None of SQLite, which has none."""
    if db.get_bind().dialect.name != "postgresql":
        return None
    pid: int = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return pid


def speaking_ports(db: Session) -> tuple[int, set[int]]:
    """Return the database's port and those from which it is spoken with: 0 and none of SQLite, or without TCP."""
    if db.get_bind().dialect.name != "postgresql":
        return 0, set()
    own = db.execute(text("SELECT inet_server_port()")).scalar()
    query = text("SELECT client_port FROM pg_stat_activity WHERE datname = current_database() AND client_port > 0")
    return own or 0, set(db.scalars(query))

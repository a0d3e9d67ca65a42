"""A round's transaction on any database: SQLAlchemy Core."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update

from examsvc.accounts import bearing
from examsvc.accounts.roles import Role
from examsvc.core.db import WRITERS_WAIT, Database
from examsvc.delivery import responding
from examsvc.delivery.models import Enrolment, ExamSession, Response, Sitting
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Said
from examsvc.delivery.saving.holding import Found, Key
from examsvc.delivery.saving.standings import COLUMNS, EXAM_SESSION, MOVED, Reader, Standing, exam_session_ids

_STANDINGS = (
    select(*COLUMNS)
    .join_from(Sitting, Sitting.enrolment)
    .join(Enrolment.candidate)
    .where(Sitting.id.in_(bindparam("ids", expanding=True)))
    .order_by(Sitting.id)
    .with_for_update(of=Sitting, skip_locked=True, **WRITERS_WAIT)
)
_EXAM_SESSIONS = select(*EXAM_SESSION).where(ExamSession.id.in_(bindparam("ids", expanding=True)))
_KEY = (Response.sitting_id, Response.epoch, Response.seq)
_LATEST = select(Response.sitting_id, Response.item_ref, Response.answer)
_SAID = select(*_KEY, Response.item_ref, Response.answer, Response.flagged)
_MOVED = (
    update(Sitting.__table__)  # type: ignore[arg-type]
    .where(Sitting.__table__.c.id == bindparam("moved_id"))
    .values({name: bindparam(f"moved_{name}") for name in MOVED})
)
_READER = Reader(are_texts=False)


class PortableStore:
    """Rounds in the database's own writing transactions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def round(self) -> Iterator["_Held"]:
        with self._database.transaction() as db:
            yield _Held(db.connection())


class _Held:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look_up(self, digests: Sequence[str], sitting_ids: Sequence[UUID]) -> Found:
        bearers = bearing.bearers(self._connection, digests, Role.CANDIDATE)
        rows = self._connection.execute(_STANDINGS, {"ids": sitting_ids}).all()
        exam_sessions = self._connection.execute(_EXAM_SESSIONS, {"ids": list(exam_session_ids(rows))})
        return Found(bearers, _READER.standings(rows, _READER.exam_sessions(exam_sessions)))

    def responses(self, keys: Sequence[Key]) -> dict[Key, Said]:
        rows = self._connection.execute(_SAID.where(tuple_(*_KEY).in_(keys)))
        return {(row.sitting_id, row.epoch, row.seq): row for row in rows}

    def latest(self, sitting_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, Any]]:
        rows = self._connection.execute(_LATEST.where(tuple_(*_KEY).in_(responding.last_keys(sitting_ids))))
        return [(sitting_id, item_ref, answer) for sitting_id, item_ref, answer in rows]

    def store(self, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
        self._connection.execute(insert(Response), rows)
        self._connection.execute(_MOVED, [_moved(standing.own) for standing in standings])


def _moved(own: Any) -> dict[str, Any]:
    return {f"moved_{name}": getattr(own, name) for name in ("id", *MOVED)}

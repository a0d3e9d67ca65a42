"""A sitting as one transaction for many finds it: plain columns, and what the transaction adds to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Column

from examsvc.core.db import Base, EnumText
from examsvc.delivery import clocks
from examsvc.delivery.models import Candidate, Enrolment, ExamSession, Sitting
from examsvc.delivery.saving import answered, chains
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Entry
from examsvc.delivery.timing import Timing

# Everything that a rule of who may answer, and until when, may ever ask for; not what is long and says nothing of it.
_LEFT_OUT: Final = {"arrangement", "system_check", "undertaking_name", "title", "place", "code"}


def _columns(model: Any) -> tuple[Column[Any], ...]:
    return tuple(column for column in model.__table__.columns if column.key not in _LEFT_OUT)


SITTING, ENROLMENT, EXAM_SESSION = _columns(Sitting), _columns(Enrolment), _columns(ExamSession)
COLUMNS = (*SITTING, *ENROLMENT, Candidate.__table__.c.account_id)
"""Of a sitting. Its exam session's are read once for all of a round: most of its sittings are of one."""
MOVED = ("last_seq", "chain_head", "answered_count", "answered_refs")
"""What storing its responses changes of a sitting."""
Values = Sequence[Any]
_Maker = Callable[[Values], Any]


@dataclass(slots=True)
class Standing:
    """One sitting. `own` has the attributes of a Sitting, of its enrolment and of its exam session.

    `answered` are the answered questions' refs, None until they were read; `rows` is what is to be stored, `said`
    the same by (epoch, seq).
    """

    own: Any
    account_id: UUID
    answered: set[str] | None
    rows: list[Row] = field(default_factory=list)
    said: dict[tuple[int, int], Entry] = field(default_factory=dict)

    def timing(self, now: datetime) -> Timing:
        """Return what the time means for the sitting at `now`."""
        return clocks.timing_of(cast("Sitting", self.own), now)

    def take(self, entries: Sequence[Entry], received_at: datetime) -> None:
        """Add what was found to be new, in order, to what is to be stored."""
        own = self.own
        rows = chains.linked(own.chain_head, own.id, own.epoch, entries, received_at)
        self.answered = answered.after(self.answered or set(), entries)
        answered.write_down(own, self.answered)
        own.chain_head, own.last_seq = rows[-1]["chain"], entries[-1].seq
        self.rows += rows
        self.said |= {(own.epoch, entry.seq): entry for entry in entries}


def _maker(model: type[Base], columns: Sequence[Column[Any]], *, are_texts: bool) -> _Maker:
    """Return what makes an object with the columns' values, and with the model's own properties, of a row."""
    properties = {name: value for name, value in vars(model).items() if isinstance(value, property)}
    plain = type(model.__name__, (SimpleNamespace,), properties)
    names = tuple(column.key for column in columns)
    enums = [
        (place, column.type.values)
        for place, column in enumerate(columns)
        if are_texts and isinstance(column.type, EnumText)
    ]

    def make(values: Values) -> Any:
        named = list(values)
        for place, members in enums:
            if named[place] is not None:
                named[place] = members(named[place])
        return plain(**dict(zip(names, named, strict=True)))

    return make


class Reader:
    """Makes standings of rows with COLUMNS; `are_texts` where the driver gives a state's bare text."""

    def __init__(self, *, are_texts: bool) -> None:
        self._sitting = _maker(Sitting, SITTING, are_texts=are_texts)
        self._enrolment = _maker(Enrolment, ENROLMENT, are_texts=are_texts)
        self._exam_session = _maker(ExamSession, EXAM_SESSION, are_texts=are_texts)

    def exam_sessions(self, rows: Iterable[Values]) -> dict[UUID, Any]:
        """Return the exam sessions of rows with EXAM_SESSION, by id."""
        found = (self._exam_session(row) for row in rows)
        return {exam_session.id: exam_session for exam_session in found}

    def standings(self, rows: Iterable[Values], exam_sessions: Mapping[UUID, Any]) -> dict[UUID, Standing]:
        """Return the standings by sitting, each with its exam session."""
        found = (self._standing(row, exam_sessions) for row in rows)
        return {standing.own.id: standing for standing in found}

    def _standing(self, row: Values, exam_sessions: Mapping[UUID, Any]) -> Standing:
        own, enrolment = self._sitting(row[: len(SITTING)]), self._enrolment(row[len(SITTING) : -1])
        own.enrolment, enrolment.exam_session = enrolment, exam_sessions[enrolment.exam_session_id]
        enrolment.candidate = SimpleNamespace(account_id=row[-1])
        return Standing(own, row[-1], answered.of(own))


def exam_session_ids(rows: Iterable[Values]) -> set[UUID]:
    """Return the exam sessions of rows with COLUMNS."""
    return {row[_EXAM_SESSION_ID] for row in rows}


_EXAM_SESSION_ID: Final = COLUMNS.index(Enrolment.__table__.c.exam_session_id)

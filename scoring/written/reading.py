"""Reading written answers with the marks that count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scoring.written.models import WrittenAnswer, WrittenMark, WrittenMarking
from scoring.written.settling import DEFAULT_TOLERANCE, Settlement, Standing, settle
from scoring.written.states import Duty

BLANK = Settlement(Standing.BLANK, None)


@dataclass(frozen=True)
class AnswerReading:
    """A written answer; `given` are the markers' marks that count by marker, `decided` the arbiter's."""

    answer: WrittenAnswer
    given: Mapping[UUID, WrittenMark]
    decided: WrittenMark | None
    settlement: Settlement

    @property
    def marks(self) -> list[WrittenMark]:
        """Return all marks that count, the arbiter's last."""
        return [*(self.given[key] for key in sorted(self.given)), *([self.decided] if self.decided else [])]

    def own(self, account_id: UUID | None, duty: Duty) -> WrittenMark | None:
        """Return the account's mark of this duty that counts."""
        decided = self.decided if self.decided and self.decided.marker_id == account_id else None
        return decided if duty == Duty.ARBITER else self.given.get(account_id) if account_id else None


def read_all(db: Session, *where: ColumnElement[bool]) -> list[AnswerReading]:
    """Return the chosen written answers as their logs say now, by id; two queries, and one for the tolerances."""
    answers = db.scalars(select(WrittenAnswer).where(*where).order_by(WrittenAnswer.id)).all()
    if not answers:
        return []
    query = select(WrittenMark).join(WrittenAnswer, WrittenMark.answer_id == WrittenAnswer.id).where(*where)
    logs: dict[UUID, list[WrittenMark]] = {answer.id: [] for answer in answers}
    for mark in db.scalars(query.order_by(WrittenMark.arrival_seq)):
        logs.setdefault(mark.answer_id, []).append(mark)
    tolerances = _tolerances(db, answers)
    return [_reading(answer, logs[answer.id], tolerances.get(answer.exam_session_id)) for answer in answers]


def _tolerances(db: Session, answers: Iterable[WrittenAnswer]) -> dict[UUID, int]:
    columns = (WrittenMarking.exam_session_id, WrittenMarking.tolerance)
    query = select(*columns).where(WrittenMarking.exam_session_id.in_({one.exam_session_id for one in answers}))
    return dict(db.execute(query).all())


def _reading(answer: WrittenAnswer, log: Sequence[WrittenMark], tolerance: int | None) -> AnswerReading:
    if answer.digest is None:
        return AnswerReading(answer, {}, None, BLANK)
    counting = [mark for mark in log if mark.answer_digest == answer.digest]
    given = _last(mark for mark in counting if mark.duty == Duty.MARKER)
    arbiters = list(_last(mark for mark in counting if mark.duty == Duty.ARBITER).values())
    decided = arbiters[-1] if arbiters else None
    values = [mark.value for mark in given.values() if mark.value is not None]
    tolerated = DEFAULT_TOLERANCE if tolerance is None else tolerance
    settlement = settle(answer.most, tolerated, values, decided.value if decided else None)
    return AnswerReading(answer, given, decided, settlement)


def _last(log: Iterable[WrittenMark]) -> dict[UUID, WrittenMark]:
    newest = {mark.marker_id: mark for mark in log}
    return {marker: mark for marker, mark in newest.items() if mark.value is not None}

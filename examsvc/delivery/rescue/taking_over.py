"""Taking late answers over: weighed first, then appended to the chain by one person of the office with a reason."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import after_commit
from examsvc.core.identity import Identity
from examsvc.delivery import answers, clocks, finding, opening, paper_forms, responding, signals
from examsvc.delivery.errors import BadAnswer, NotOpened
from examsvc.delivery.models import Sitting
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.receipts import checking
from examsvc.delivery.receipts.checking import Checked
from examsvc.delivery.receipts.tokens import Receipt
from examsvc.delivery.rescue import keeping, origins, weighing
from examsvc.delivery.rescue.errors import NothingToTake
from examsvc.delivery.rescue.models import LateResponse
from examsvc.delivery.rescue.states import Source
from examsvc.delivery.rescue.weighing import Bounds, Known, Line, Weighed
from examsvc.delivery.saving.entries import Entry
from examsvc.delivery.states import FinishReason, SittingState


@dataclass(frozen=True)
class Weighing:
    """Every late line of a sitting, those of a file that is only looked at among them; `bounds` is the policy.

    `left` are, by digest, those that the office decided do not count. `receipt` is a file's last one, and how what is
    stored stands to it: a file leaves out what its receipt confirms.
    """

    sitting: Sitting
    bounds: Bounds
    lines: list[Weighed]
    hand_ins: list[datetime]
    left: Collection[str] = ()
    receipt: Checked | None = None

    @property
    def awaited(self) -> list[Line]:
        """Return the lines that somebody has to decide about before the result is final."""
        return [line for line in self.to_take(with_superseded=False) if line.digest not in self.left]

    @property
    def awaited_count(self) -> int:
        return len(self.awaited)

    @property
    def takeable(self) -> int:
        return len(self.to_take(with_superseded=False))

    @property
    def takeable_with_superseded(self) -> int:
        return len(self.to_take(with_superseded=True))

    def to_take(self, *, with_superseded: bool) -> list[Line]:
        """Return the lines that may be taken over, in the order in which they were written."""
        return [each.line for each in self.lines if each.is_takeable(with_superseded=with_superseded)]


def preview(
    db: Session, sitting_id: UUID, lines: Iterable[Line] = (), *, receipt: Receipt | None = None, now: datetime
) -> Weighing:
    """Return the sitting's late lines and those of a file weighed, storing nothing; raises NotFound, NotOpened."""
    return _weigh(db, finding.any_sitting(db, sitting_id), lines, receipt, now)


def take_over(
    db: Session,
    sitting_id: UUID,
    lines: Sequence[Line] = (),
    *,
    receipt: Receipt | None = None,
    reason: str,
    with_superseded: bool,
    by: Identity,
    now: datetime,
) -> Weighing:
    """Keep a file's lines, take over what may be of all that are kept, and return everything weighed as it was.

    While the sitting is on paper they are only kept: who types its sheet in decides about them. Else
    they are appended in an epoch of their own, received now; the chain goes on and results are valued afresh. Once
    more changes nothing. Raises NotFound, NotOpened, NothingToTake, TooManyLate, and what a later stage refuses.
    """
    sitting = finding.locked(db, sitting_id)
    weighed = _weigh(db, sitting, lines, receipt, now)
    taken = weighed.to_take(with_superseded=with_superseded)
    keeping.keep(db, sitting, lines, source=Source.RESCUE_FILE, now=now)
    if sitting.on_paper_at is not None and not sitting.state.is_over:
        return weighed
    if not taken:
        if lines and all(each.place == "STORED" for each in weighed.lines):
            return weighed
        raise NothingToTake
    if sitting.opened_at is None and sitting.entered_at is not None:  # its page read it by the key and has not claimed
        opening.open_paper(db, sitting, by=by, now=now)
    _append(db, sitting, taken, now)
    audit.append(
        db, sitting.audit_stream, "sitting.answers_taken_over", by=by, now=now, reason=reason,
        epoch=sitting.epoch, lines=len(taken), by_clock=_by_clock(weighed, taken),
        with_superseded=with_superseded, receipt=weighed.receipt and str(weighed.receipt.standing),
    )  # fmt: skip
    signals.answers_taken_over.send(sitting, db=db, now=now, by=by)
    if sitting.state.is_over:
        signals.sitting_finished.send(sitting, db=db, now=now)
    else:
        after_commit(db, partial(signals.sitting_progressed.send, sitting, now=now))
    return weighed


def _weigh(db: Session, sitting: Sitting, lines: Iterable[Line], receipt: Receipt | None, now: datetime) -> Weighing:
    if sitting.state == SittingState.ABSENT or sitting.seen_at is None or sitting.paper_id is None:
        raise NotOpened
    rows = keeping.kept(db, sitting.id)
    known = Known(
        [keeping.line_of(response) for response in responding.log(db, sitting.id)],
        {row.digest for row in rows if row.taken_seq is not None},
        origins.written_places(db, sitting.id),
    )
    arrived = {row.digest: (keeping.line_of(row), row.received_at) for row in rows}
    for line in lines:
        arrived.setdefault(line.digest, (line, now))
    form, bounds = paper_forms.of_sitting(db, sitting), _bounds(sitting, now)
    refused = {digest for digest, (line, _) in arrived.items() if not _fits(form, line)}
    weighed = weighing.weigh(arrived.values(), known, bounds, refused=refused)
    left = {row.digest for row in rows if row.left_at is not None}
    checked = Checked(receipt, checking.standing_of(db, receipt)) if receipt else None
    return Weighing(sitting, bounds, weighed, keeping.claimed_hand_ins(db, sitting), left, checked)


def _bounds(sitting: Sitting, now: datetime) -> Bounds:
    """Return the end of the sitting: by whoever ended it, or by the clock; a pause holds back no arrival."""
    believes = sitting.enrolment.exam_session.accept_offline
    timing = clocks.timing_of(sitting, now)
    if sitting.finished_at is not None and sitting.finish_reason != FinishReason.TIME_UP:
        return Bounds(sitting.finished_at, sitting.finished_at, believes)
    closes_at, until = timing.closes_at or now, timing.accepts_until or now
    return Bounds(closes_at, max(until, now) if sitting.state == SittingState.PAUSED else until, believes)


def _append(db: Session, sitting: Sitting, taken: Sequence[Line], now: datetime) -> None:
    responding.append_in_new_epoch(db, sitting, [_entry(line, seq) for seq, line in enumerate(taken, start=1)], now)
    for seq, line in enumerate(taken, start=1):
        row = db.get_one(LateResponse, (sitting.id, line.digest))
        row.taken_epoch, row.taken_seq = sitting.epoch, seq
    db.flush()


def _by_clock(weighed: Weighing, taken: Sequence[Line]) -> int:
    """Return how many of those taken over count as in time by the page's clock alone."""
    arrived = {each.line.digest for each in weighed.lines if each.moment == "ARRIVED"}
    return sum(line.digest not in arrived for line in taken)


def _fits(form: PaperForm, line: Line) -> bool:
    if line.item_ref not in form:
        return False
    try:
        answers.check(form[line.item_ref], line.answer, seq=line.seq)
    except BadAnswer:
        return False
    return True


def _entry(line: Line, seq: int) -> Entry:
    return Entry(seq, line.item_ref, line.answer, line.flagged, line.client_at)

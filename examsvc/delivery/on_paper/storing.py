"""Storing what was answered by hand: once, at the end of the hash chain, and the sitting handed in as of the sheet."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import Identity
from examsvc.delivery import answers, clocks, finishing, paper_forms, responding
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper import times
from examsvc.delivery.on_paper.double_entry import Copy, Times
from examsvc.delivery.on_paper.errors import PaperTimesUnlawful
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.on_paper.times import Bounds
from examsvc.delivery.saving.entries import Entry
from examsvc.delivery.states import FinishReason, SittingState

SECOND = timedelta(seconds=1)


def bounds_of(sitting: Sitting, row: OnPaper, now: datetime) -> Bounds:
    """Return what the sitting's clock, which stands, allows to be written on the sheet; extensions count."""
    timing = clocks.timing_of(sitting, now)
    return Bounds(row.since, timing.closes_at or row.since, timing.earliest_hand_in_at, now)


def check_times(sitting: Sitting, row: OnPaper, written: Times, now: datetime) -> None:
    """Raise PaperTimesUnlawful unless the clock allows the times on the sheet."""
    bounds = bounds_of(sitting, row, now)
    if not times.is_lawful(written, bounds):
        told = {
            "since": bounds.since,
            "earliest": bounds.earliest(written.began_at),
            "latest": bounds.latest(written.began_at),
        }
        raise PaperTimesUnlawful(**{name: at.isoformat() for name, at in told.items()})


def store(db: Session, sitting: Sitting, row: OnPaper, copy: Copy, *, by: Identity, now: datetime) -> None:
    """Append the answers of a locked sitting in an epoch of their own, and hand it in; raises PaperTimesUnlawful.

    An answer that stands unchanged is appended again: the chain then says all that the sheet said.
    """
    check_times(sitting, row, copy.times, now)
    entries = list(_entries(db, sitting, copy))
    if entries:
        responding.append_in_new_epoch(db, sitting, entries, now)
        row.stored_epoch, row.stored_count = sitting.epoch, len(entries)
    row.stored_at = now
    states.move(db, row, PaperState.STORED, by=by, now=now, epoch=row.stored_epoch, lines=len(entries))
    _hand_in(db, sitting, row, copy.times, by=by, now=now)


def _entries(db: Session, sitting: Sitting, copy: Copy) -> Iterable[Entry]:
    stored = {one.item_ref for one in responding.latest(db, sitting.id)}
    said = (
        (ref, copy.answers.get(ref))
        for ref in paper_forms.of_sitting(db, sitting)
        if ref in stored or answers.is_answered(copy.answers.get(ref))
    )
    for seq, (ref, answer) in enumerate(said, start=1):
        kept = dict(answer) if answer is not None else None
        yield Entry(seq, ref, kept, flagged=False, client_at=copy.times.handed_in_at)


def _hand_in(db: Session, sitting: Sitting, row: OnPaper, written: Times, *, by: Identity, now: datetime) -> None:
    """Let the clock go on from when writing began, and end the sitting when the sheet was handed in."""
    pause = max(timedelta(0), written.began_at - row.since)
    sitting.paused_seconds, sitting.paused_at = sitting.paused_seconds + -(-pause // SECOND), None
    states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now, began_at=written.began_at)
    clocks.reset_clock(sitting, now)
    at = min(written.handed_in_at, sitting.closes_at or written.handed_in_at)
    by_candidate = FinishReason.BY_CANDIDATE
    finishing.finish(db, sitting, SittingState.HANDED_IN, by_candidate, at=at, by=by, now=now, on_paper=True)

"""Typing a sheet in: two people each by themselves. What both typed stands there, all else is decided afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.identity import Identity
from examsvc.delivery import answers, finding, paper_forms
from examsvc.delivery.errors import SittingOver, UnknownQuestion
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper import double_entry, putting, storing
from examsvc.delivery.on_paper.double_entry import Copy, Differences, Late, Times
from examsvc.delivery.on_paper.errors import NotOnPaper, SamePersonTwice, SheetIncomplete
from examsvc.delivery.on_paper.models import OnPaper, Transcript
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.rescue import taking_over
from examsvc.delivery.rescue.states import Place

OPEN = (PaperState.WRITING, PaperState.TYPED_ONCE)


@dataclass(frozen=True)
class Comparison:
    """Both copies of a sheet, and what is left to decide of them."""

    row: OnPaper
    form: PaperForm
    first: Copy
    second: Copy
    differences: Differences


def type_in(db: Session, sitting_id: UUID, copy: Copy, *, by: Identity, now: datetime) -> OnPaper:
    """Keep one person's copy of the sheet and return how it stands; the second that says the same stores the answers.

    The same copy by the same person again changes nothing. Raises NotFound, NotOnPaper, SittingOver, SamePersonTwice,
    SheetIncomplete, UnknownQuestion, BadAnswer, PaperTimesUnlawful.
    """
    sitting, row = locked(db, sitting_id)
    copies = transcripts(db, sitting_id)
    own = next((one for one in copies if one.account_id == by.account_id), None)
    if own is not None:
        if copy_of(own) == copy:
            return row
        raise SamePersonTwice
    if row.state not in OPEN:
        raise NotOnPaper
    check(paper_forms.of_sitting(db, sitting), copy.answers)
    storing.check_times(sitting, row, copy.times, now)
    _keep(db, row, copy, number=len(copies) + 1, by=by, now=now)
    if copies:
        _settle(db, sitting, row, by=by, now=now)
    else:
        states.move(db, row, PaperState.TYPED_ONCE, by=by, now=now)
    return row


def compared(db: Session, sitting: Sitting, row: OnPaper, *, now: datetime) -> Comparison:
    """Return both copies compared with one another and with what came late from a machine; raises NotOnPaper."""
    copies = transcripts(db, sitting.id)
    if len(copies) < 2:  # noqa: PLR2004 (double entry)
        raise NotOnPaper
    first, second = map(copy_of, copies)
    form = paper_forms.of_sitting(db, sitting)
    return Comparison(row, form, first, second, double_entry.compare(form, first, second, _late(db, sitting, now)))


def transcripts(db: Session, sitting_id: UUID) -> list[Transcript]:
    """Return the copies of a sheet, the first one first."""
    return list(db.scalars(select(Transcript).filter_by(sitting_id=sitting_id).order_by(Transcript.number)))


def copy_of(row: Transcript) -> Copy:
    """Return what a person typed."""
    return Copy(row.answers, Times(row.began_at, row.handed_in_at))


def locked(db: Session, sitting_id: UUID) -> tuple[Sitting, OnPaper]:
    """Return both locked; raises NotOnPaper, and SittingOver for what was ended in another way meanwhile."""
    sitting = finding.locked(db, sitting_id)
    row = putting.locked(db, sitting_id)
    if row.state != PaperState.STORED and sitting.state.is_over:
        raise SittingOver
    return sitting, row


def check(form: PaperForm, given: Mapping[str, Any], *, all_of: bool = True) -> None:
    """Raise UnknownQuestion, BadAnswer or SheetIncomplete unless they answer questions of the paper in their form."""
    for ref, answer in given.items():
        if ref not in form:
            raise UnknownQuestion(item_ref=ref, seq=0)
        answers.check(form[ref], answer, seq=0)
    missing = double_entry.missing(form, given)
    if all_of and missing:
        raise SheetIncomplete(missing=len(missing))


def _keep(db: Session, row: OnPaper, copy: Copy, *, number: int, by: Identity, now: datetime) -> None:
    db.add(
        Transcript(
            sitting_id=row.sitting_id,
            number=number,
            account_id=by.account_id,
            answers=dict(copy.answers),
            began_at=copy.times.began_at,
            handed_in_at=copy.times.handed_in_at,
            typed_at=now,
        )
    )
    audit.append(db, row.audit_stream, "sitting.paper_typed_in", by=by, now=now, copy=number)


def _settle(db: Session, sitting: Sitting, row: OnPaper, *, by: Identity, now: datetime) -> None:
    found = compared(db, sitting, row, now=now)
    if found.differences:
        states.move(db, row, PaperState.DIFFERING, by=by, now=now, questions=sorted(found.differences.refs))
    else:
        storing.store(db, sitting, row, found.first, by=by, now=now)


def _late(db: Session, sitting: Sitting, now: datetime) -> dict[str, Late]:
    """Return the last answer to each question that came late from a machine and is not among the responses."""
    lines = taking_over.preview(db, sitting.id, now=now).lines
    shown = (one.line for one in lines if one.place not in (Place.STORED, Place.REFUSED))
    return {line.item_ref: Late(line.answer, line.client_at) for line in shown}

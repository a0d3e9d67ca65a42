"""Giving each sitting its paper: the one of the exam session, the parallel form of its seat, or a form of its own."""

import secrets
import time
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from examsvc.core.db import get_locked
from examsvc.delivery import arranging, paper_forms
from examsvc.delivery.arranging import AS_DRAWN, Shuffling
from examsvc.delivery.errors import TooFewForms
from examsvc.delivery.models import ExamSession, Sitting, WithdrawnEnrolment
from examsvc.delivery.seat_forms import form_of_seat
from examsvc.delivery.states import ExamSessionState
from questionbank.kinds import DrawKind
from questionbank.models import Paper, PaperDraw
from questionbank.registration import papers


def give_papers(db: Session, exam_session: ExamSession, sittings: Sequence[Sitting]) -> None:
    """Give each of the exam session's sittings a paper and its order of it.

    An individual form is given once, whichever exam session draws on it. Raises TooFewForms.
    """
    paper_ids = _papers_for(db, exam_session, sittings)
    papers_by_id = {paper.id: paper for paper in db.scalars(select(Paper).where(Paper.id.in_(paper_ids)))}
    for sitting, paper_id in zip(sittings, paper_ids, strict=True):
        sitting.paper = papers_by_id[paper_id]
        sitting.has_own_form = has_own_forms(exam_session)
        form = paper_forms.form_of(db, paper_id).values()
        seeds = {"paper_seed": str(paper_id), "own_seed": secrets.token_hex(8)}
        sitting.arrangement = arranging.arranged(form, shuffling_of(exam_session), **seeds)
        time.sleep(0)  # under gevent the other connections get their turn: a form each for thousands takes seconds


def check_enough(db: Session, exam_session: ExamSession, needed: int) -> None:
    """Raise TooFewForms unless so many more candidates of a published exam session can be given a form."""
    if exam_session.state == ExamSessionState.PUBLISHED and has_own_forms(exam_session):
        _own_forms(db, exam_session, needed)


def has_own_forms(exam_session: ExamSession) -> bool:
    """Return whether each candidate gets a form that nobody else gets."""
    return exam_session.draw is not None and exam_session.draw.kind == DrawKind.INDIVIDUAL


def shuffling_of(exam_session: ExamSession) -> Shuffling:
    """Return what is shuffled for each candidate; of individual forms nothing."""
    if has_own_forms(exam_session):
        return AS_DRAWN
    return Shuffling(exam_session.shuffle_questions, exam_session.shuffle_options)


def pattern_id(db: Session, exam_session: ExamSession) -> UUID | None:
    """Return a paper that stands for all of the plan where they are the same: their practical tasks."""
    if exam_session.draw_id is None:
        return exam_session.paper_id
    return db.scalar(forms_of(exam_session.draw_id).limit(1))


def is_free() -> ColumnElement[bool]:
    """Return the condition that nobody was ever given the paper and no question of it became known outside."""
    was_given = exists().where(Sitting.paper_id == Paper.id) | exists().where(WithdrawnEnrolment.paper_id == Paper.id)
    return ~was_given & ~papers.compromised()


def forms_of(draw_id: UUID) -> Select[UUID]:
    """Return the query for the forms of a draw and of those that continue it, in their order."""
    of_both = or_(PaperDraw.id == draw_id, PaperDraw.continues_id == draw_id)
    return select(Paper.id).join(PaperDraw, PaperDraw.id == Paper.draw_id).where(of_both).order_by(Paper.form_number)


def _papers_for(db: Session, exam_session: ExamSession, sittings: Sequence[Sitting]) -> Sequence[UUID]:
    if exam_session.paper_id is not None:
        return [exam_session.paper_id] * len(sittings)
    assert exam_session.draw_id  # noqa: S101 (a plan has one of both)
    if has_own_forms(exam_session):
        return _own_forms(db, exam_session, len(sittings))
    forms = db.scalars(forms_of(exam_session.draw_id)).all()
    return [forms[form_of_seat(sitting.enrolment.seat_number, len(forms))] for sitting in sittings]


def _own_forms(db: Session, exam_session: ExamSession, needed: int) -> Sequence[UUID]:
    draw = get_locked(db, PaperDraw, exam_session.draw_id)  # two who deal from it do not give the same form twice
    may_be_given = is_free() & papers.registered_for(exam_session.filing_id)
    free = db.scalars(forms_of(draw.id).where(may_be_given).limit(needed)).all()
    if len(free) < needed:
        raise TooFewForms(needed=needed, free=len(free), missing=needed - len(free))
    return free

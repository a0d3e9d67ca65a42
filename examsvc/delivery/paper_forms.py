"""What of a paper a candidate may see: made from the items' content alone; keys are never even loaded."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Sitting
from examsvc.delivery.questions import PaperForm, question
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem

MOST_KEPT = 64


_kept: dict[UUID, PaperForm] = {}


def form_of(db: Session, paper_id: UUID) -> PaperForm:
    """Return the paper's questions by ref, in the order of the paper.

    A drawn paper and the versions in it never change, so a process reads each paper once.
    """
    if paper_id not in _kept:
        form = _read(db, paper_id)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[paper_id] = form
    return _kept[paper_id]


def of_sitting(db: Session, sitting: Sitting) -> PaperForm:
    """Return the questions of the sitting's paper."""
    paper_id = sitting.enrolment.exam_session.paper_id
    return form_of(db, paper_id) if paper_id else {}


def _read(db: Session, paper_id: UUID) -> PaperForm:
    query = (
        select(PaperItem.ref, PaperItem.points, ItemVersion.type, ItemVersion.content)
        .join(ItemVersion, PaperItem.item_version_id == ItemVersion.id)
        .where(PaperItem.paper_id == paper_id)
        .order_by(PaperItem.position)
    )
    return {ref: question(ref, ItemType(kind), points, content) for ref, points, kind, content in db.execute(query)}

"""Which questions of an exam session people mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from questionbank.content import needs_marking
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem
from scoring import theory

WRITABLE = [kind for kind in ItemType if kind.is_written or kind == ItemType.COMPOSITE]


@dataclass(frozen=True)
class WrittenQuestion:
    """A question with written parts; `number` is its place on the paper, on the first of several papers that ask it."""

    number: int
    ref: str
    version: ItemVersion
    points: int

    @property
    def parts(self) -> Sequence[theory.Part]:
        version = self.version
        return theory.written_parts(ItemType(version.type), version.content, version.key, self.points)


def of_papers(db: Session, paper_ids: Select[UUID | None] | Sequence[UUID | None]) -> list[WrittenQuestion]:
    """Return the papers' questions with written parts, by place."""
    query = (
        select(PaperItem)
        .join(PaperItem.item_version)
        .where(PaperItem.paper_id.in_(paper_ids), ItemVersion.type.in_(WRITABLE))
        .options(joinedload(PaperItem.item_version).joinedload(ItemVersion.item))
        .order_by(PaperItem.position, PaperItem.paper_id)
    )
    return [
        WrittenQuestion(entry.position, entry.ref, entry.item_version, entry.points)
        for entry in db.scalars(query)
        if needs_marking(ItemType(entry.item_version.type), entry.item_version.content)
    ]


def of_session(db: Session, exam_session: ExamSession) -> list[WrittenQuestion]:
    """Return the exam session's questions with written parts, each version once."""
    once: dict[UUID, WrittenQuestion] = {}
    given = select(Sitting.paper_id).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session.id)
    for question in of_papers(db, given):
        once.setdefault(question.version.id, question)
    return list(once.values())

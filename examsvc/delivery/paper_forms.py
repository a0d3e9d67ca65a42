"""What of a paper a candidate may see: made from the items' content alone; keys are never even loaded."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Sitting
from examsvc.delivery.questions import PaperForm, question
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem

MOST_KEPT = 64
MOST_COUNTS = 20_000
MOST_CONTENTS = 4096  # a form for each candidate is read again and again, but its items are those of other forms

Kept = TypeVar("Kept")
_kept: dict[UUID, PaperForm] = {}
_counts: dict[UUID, int] = {}
_contents: dict[UUID, tuple[ItemType, dict[str, Any]]] = {}


def form_of(db: Session, paper_id: UUID) -> PaperForm:
    """Return the paper's questions by ref, in the order of the paper.

    A drawn paper and the versions in it never change, so a process reads each paper once.
    """
    if paper_id not in _kept:
        form = _read(db, paper_id)
        _keep(_kept, paper_id, form, MOST_KEPT)
        return form
    return _kept[paper_id]


def remembered(paper_id: UUID) -> PaperForm | None:
    """Return the paper's questions if this process has read them, without asking the database."""
    return _kept.get(paper_id)


def of_sitting(db: Session, sitting: Sitting) -> PaperForm:
    """Return the questions of the sitting's paper; none before one is given."""
    return form_of(db, sitting.paper_id) if sitting.paper_id else {}


def count_of(db: Session, paper_id: UUID | None) -> int:
    """Return how many questions the paper has, without reading them: waiting rooms ask again and again."""
    if paper_id is None:
        return 0
    if paper_id not in _counts:
        query = select(func.count()).select_from(PaperItem).where(PaperItem.paper_id == paper_id)
        _keep(_counts, paper_id, db.scalar(query) or 0, MOST_COUNTS)
    return _counts.get(paper_id, 0)


def files_of(db: Session, paper_id: UUID | None) -> dict[str, str]:
    """Return the media type of each file that the paper shows, by digest."""
    if paper_id is None:
        return {}
    return {digest: kind for one in form_of(db, paper_id).values() for digest, kind in one.files.items()}


def _read(db: Session, paper_id: UUID) -> PaperForm:
    columns = (PaperItem.ref, PaperItem.points, PaperItem.option_order, PaperItem.item_version_id)
    lines = db.execute(select(*columns).filter_by(paper_id=paper_id).order_by(PaperItem.position)).all()
    contents = _read_contents(db, {line.item_version_id for line in lines})
    return {
        line.ref: question(line.ref, kind, line.points, content, line.option_order)
        for line, (kind, content) in ((line, contents[line.item_version_id]) for line in lines)
    }


def _read_contents(db: Session, version_ids: Iterable[UUID]) -> dict[UUID, tuple[ItemType, dict[str, Any]]]:
    found = {version_id: _contents[version_id] for version_id in version_ids if version_id in _contents}
    missing = [version_id for version_id in version_ids if version_id not in found]
    query = select(ItemVersion.id, ItemVersion.type, ItemVersion.content).where(ItemVersion.id.in_(missing))
    for version_id, kind, content in db.execute(query) if missing else ():
        found[version_id] = ItemType(kind), content
        _keep(_contents, version_id, found[version_id], MOST_CONTENTS)
    return found


def _keep(kept: dict[UUID, Kept], key: UUID, value: Kept, most: int) -> None:
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[key] = value

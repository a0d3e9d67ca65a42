"""Storing the papers of a draw: versions, points and the order of options, as they were drawn."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import cast
from uuid import UUID

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from examsvc.core import audit, bulk, ids
from examsvc.core.identity import Identity
from questionbank.models import Paper, PaperDraw, PaperItem, PaperPracticalTask, PracticalTask
from questionbank.paper_lines import Laid
from questionbank.registration import registering

A_BATCH = 100
ITEMS = cast("Table", PaperItem.__table__)


class PaperKeeper:
    """Stores the papers of one draw; what they share is read once. `drawn` counts the versions stored so far."""

    def __init__(self, db: Session, draw: PaperDraw) -> None:
        self._db, self._draw = db, draw
        bank_id = draw.blueprint.bank_id
        self._practicals = _continued(db, draw) or _all_practicals(db, bank_id)
        registered = registering.in_force(db, bank_id)
        self._bank_version_id = registered.id if registered else None
        self.drawn: Counter[UUID] = Counter()

    def keep(self, papers: Iterable[Laid], *, by: Identity) -> None:
        """Store the papers of the draw, given by their lines, in their order."""
        numbered = enumerate(papers, start=1)
        while batch := list(islice(numbered, A_BATCH)):
            self._keep({ids.new_id(): (number, lines) for number, lines in batch}, by)

    def _keep(self, papers: Mapping[UUID, tuple[int, Laid]], by: Identity) -> None:
        self._db.execute(insert(Paper), [self._paper(paper_id, number) for paper_id, (number, _) in papers.items()])
        rows = ((paper_id, *line) for paper_id, (_, lines) in papers.items() for line in lines)
        bulk.insert_rows(self._db, ITEMS, rows)
        if self._practicals:
            self._db.execute(insert(PaperPracticalTask), list(self._tasks(papers)))
        for _, lines in papers.values():
            self.drawn.update(line.item_version_id for line in lines)
        self._record(papers, by)

    def _paper(self, paper_id: UUID, number: int) -> dict[str, object]:
        draw = self._draw
        return {
            "id": paper_id,
            "blueprint_id": draw.blueprint_id,
            "draw_id": draw.id,
            "form_number": draw.first_form - 1 + number,
            "seed": draw.seed,
            "pool_digest": draw.pool_digest,
            "bank_version_id": self._bank_version_id,
            "created_at": draw.created_at,
        }

    def _tasks(self, paper_ids: Iterable[UUID]) -> Iterator[dict[str, object]]:
        for paper_id in paper_ids:
            for position, task in enumerate(self._practicals, start=1):
                yield {"paper_id": paper_id, "position": position, "practical_task_id": task}

    def _record(self, paper_ids: Iterable[UUID], by: Identity) -> None:
        told = {"seed": self._draw.seed, "pool": self._draw.pool_digest}
        firsts = [(f"paper:{paper_id}", told) for paper_id in paper_ids]
        audit.begin(self._db, firsts, "paper.drawn", by=by, now=self._draw.created_at)
        self._db.flush()


def _all_practicals(db: Session, bank_id: UUID) -> list[UUID]:
    return list(db.scalars(select(PracticalTask.id).filter_by(bank_id=bank_id).order_by(PracticalTask.code)))


def _continued(db: Session, draw: PaperDraw) -> list[UUID]:
    """Return the practical tasks of the draw that this one continues: one exam session takes papers of both."""
    query = select(PaperPracticalTask.practical_task_id).join(Paper).order_by(PaperPracticalTask.position)
    return list(db.scalars(query.where(Paper.draw_id == draw.continues_id, Paper.form_number == 1)))

"""Storing the papers of a draw: versions, points and the order of options, as they were drawn."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from examsvc.core import audit, ids
from examsvc.core.identity import Identity
from questionbank.assembly.ordering import Options, option_orders
from questionbank.composing import Sheet
from questionbank.kinds import ItemType
from questionbank.models import Item, ItemVersion, Paper, PaperDraw, PaperItem, PaperPracticalTask, PracticalTask
from questionbank.registration import registering

A_BATCH = 100
CHOICES = (ItemType.SINGLE_CHOICE, ItemType.MULTIPLE_CHOICE)


class PaperKeeper:
    """Stores the papers of one draw; what they share is read once. `drawn` counts the versions stored so far."""

    def __init__(self, db: Session, draw: PaperDraw) -> None:
        self._db, self._draw = db, draw
        bank_id = draw.blueprint.bank_id
        self._practicals = _continued(db, draw) or _all_practicals(db, bank_id)
        registered = registering.in_force(db, bank_id)
        self._bank_version_id = registered.id if registered else None
        self._options: dict[UUID, Options] = {}
        self.drawn: Counter[UUID] = Counter()

    def keep(self, sheets: Iterable[Sheet], *, by: Identity) -> None:
        """Store the sheets as the papers of the draw, in their order."""
        numbered = enumerate(sheets, start=1)
        while batch := list(islice(numbered, A_BATCH)):
            self._keep(batch, by)

    def _keep(self, batch: Sequence[tuple[int, Sheet]], by: Identity) -> None:
        papers = {number: ids.new_id() for number, _ in batch}
        self._db.execute(insert(Paper), [self._paper(number, paper_id) for number, paper_id in papers.items()])
        lines = [{"paper_id": papers[number], **line} for number, sheet in batch for line in self.lines(number, sheet)]
        self._db.execute(insert(PaperItem), lines)
        if self._practicals:
            self._db.execute(insert(PaperPracticalTask), list(self._tasks(papers.values())))
        for _, sheet in batch:
            self.drawn.update(item.version_id for item, _ in sheet)
        self._record(papers.values(), by)

    def _paper(self, number: int, paper_id: UUID) -> dict[str, object]:
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

    def lines(self, number: int, sheet: Sheet) -> list[dict[str, object]]:
        """Return the rows of `paper_items`, without the paper."""
        orders = self._orders(number, sheet)
        return [
            {
                "ref": f"q{position}",
                "position": position,
                "item_version_id": item.version_id,
                "points": points,
                "option_order": orders.get(item.version_id),
            }
            for position, (item, points) in enumerate(sheet, start=1)
        ]

    def _orders(self, number: int, sheet: Sheet) -> dict[UUID, list[str]]:
        choices = [item.version_id for item, _ in sheet if item.type in CHOICES]
        self._read(choice for choice in choices if choice not in self._options)
        questions = [self._options[choice] for choice in choices]
        return dict(zip(choices, option_orders(questions, f"{self._draw.seed}/{number}"), strict=True))

    def _read(self, version_ids: Iterable[UUID]) -> None:
        query = select(ItemVersion).join(Item).where(ItemVersion.id.in_(list(version_ids)))
        for version in self._db.scalars(query):
            self._options[version.id] = options_of(version)


def _all_practicals(db: Session, bank_id: UUID) -> list[UUID]:
    return list(db.scalars(select(PracticalTask.id).filter_by(bank_id=bank_id).order_by(PracticalTask.code)))


def _continued(db: Session, draw: PaperDraw) -> list[UUID]:
    """Return the practical tasks of the draw that this one continues: one exam session takes papers of both."""
    query = select(PaperPracticalTask.practical_task_id).join(Paper).order_by(PaperPracticalTask.position)
    return list(db.scalars(query.where(Paper.draw_id == draw.continues_id, Paper.form_number == 1)))


def options_of(version: ItemVersion) -> Options:
    """Return the options of a choice as their order depends on them."""
    right = version.key["right"] if version.type == ItemType.SINGLE_CHOICE else []
    texts = tuple((option["id"], option["text"]) for option in version.content["options"])
    return Options(texts, frozenset(version.content.get("fixed", ())), right[0] if right else None)

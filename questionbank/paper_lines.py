"""The lines of papers: which version stands where, what it is worth, and in which order its options are shown."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from questionbank.assembly.ordering import Options, option_orders
from questionbank.composing import Sheet
from questionbank.kinds import ItemType
from questionbank.models import Item, ItemVersion

CHOICES = (ItemType.SINGLE_CHOICE, ItemType.MULTIPLE_CHOICE)


class Line(NamedTuple):
    """One question of a paper as `paper_items` stores it, in its order, without the paper."""

    ref: str
    position: int
    item_version_id: UUID
    points: int
    option_order: list[str] | None


Laid = Sequence[Line]
"""A paper laid out: its lines in their order."""


class PaperLines:
    """Lays the papers of one draw out; the options of a version are read once."""

    def __init__(self, db: Session, seed: str) -> None:
        self._db, self._seed = db, seed
        self._options: dict[UUID, Options] = {}

    def of(self, number: int, sheet: Sheet) -> list[Line]:
        """Return the lines of paper `number` of the draw."""
        orders = self._orders(number, sheet)
        return [
            Line(f"q{position}", position, item.version_id, points, orders.get(item.version_id))
            for position, (item, points) in enumerate(sheet, start=1)
        ]

    def _orders(self, number: int, sheet: Sheet) -> dict[UUID, list[str]]:
        choices = [item.version_id for item, _ in sheet if item.type in CHOICES]
        self._read(choice for choice in choices if choice not in self._options)
        questions = [self._options[choice] for choice in choices]
        return dict(zip(choices, option_orders(questions, f"{self._seed}/{number}"), strict=True))

    def _read(self, version_ids: Iterable[UUID]) -> None:
        wanted = list(version_ids)
        if wanted:
            query = select(ItemVersion).join(Item).where(ItemVersion.id.in_(wanted))
            self._options |= {version.id: options_of(version) for version in self._db.scalars(query)}


def options_of(version: ItemVersion) -> Options:
    """Return the options of a choice as their order depends on them."""
    right = version.key["right"] if version.type == ItemType.SINGLE_CHOICE else []
    texts = tuple((option["id"], option["text"]) for option in version.content["options"])
    return Options(texts, frozenset(version.content.get("fixed", ())), right[0] if right else None)

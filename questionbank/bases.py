"""What papers are drawn from, as it was read at one moment, and the papers that it gives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from questionbank.assembly.pool import PoolItem
from questionbank.composing import Order, Sheet, compose
from questionbank.paper_lines import Laid, PaperLines


@dataclass(frozen=True)
class Basis:
    """All that a draw depends on; drawing from it needs no database."""

    blueprint_id: UUID
    rows: list[dict[str, Any]]
    rules: dict[str, Any] | None
    items: tuple[PoolItem, ...]
    order: Order

    def sheets(self) -> Iterator[Sheet]:
        """Draw paper after paper; raises PoolTooSmall, NoForm, FormsTooUnlike, ExposureExhausted, DrawUndecided."""
        return compose(self.rows, self.rules, self.items, self.order)


def laid_out(db: Session, basis: Basis, sheets: Iterable[Sheet]) -> Iterator[Laid]:
    """Yield the lines of the papers drawn from the basis, in their order; reads, but writes nothing."""
    lines = PaperLines(db, basis.order.seed)
    return (lines.of(number, sheet) for number, sheet in enumerate(sheets, start=1))

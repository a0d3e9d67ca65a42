"""Drawing a stored paper again, to prove that it is what its seed, pool and rules give."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from questionbank import bases, drawing
from questionbank.assembly.pool import PoolItem
from questionbank.assembly.snapshots import digest, restored
from questionbank.composing import Order, Sheet, compose
from questionbank.draw import pool_digest
from questionbank.kinds import DrawKind
from questionbank.models import Paper, PaperDraw, PaperItem
from questionbank.paper_keeping import PaperKeeper


@dataclass(frozen=True)
class Step:
    """One thing that was proved; `fault` says what differs, if anything does."""

    name: str
    fault: str = ""

    @property
    def holds(self) -> bool:
        return not self.fault


def steps(db: Session, paper_id: UUID) -> Iterator[Step]:
    """Yield what the paper's draw gives again; raises NotFound, and what draws raise."""
    paper = get(db, Paper, paper_id)
    if paper.draw is None:  # drawn before draws kept their pool: only the bank of today can be asked
        pool = tuple(bases.pool(db, paper.blueprint.bank_id))
        yield _same("pool", paper.pool_digest, pool_digest(pool))
        sheet = next(compose(paper.blueprint.rows, None, pool, Order(DrawKind.SINGLE, paper.seed)))
        yield _questions(paper, [_line(number, item, points) for number, (item, points) in enumerate(sheet, start=1)])
        return
    draw = paper.draw
    kept = restored(draw.pool)
    yield _same("pool", draw.pool_digest, digest(kept))
    yield _same("pool of the paper", paper.pool_digest, draw.pool_digest)
    yield _same("rules", draw.rules_digest, drawing.rules_digest(draw.blueprint))
    number = paper.form_number - draw.first_form + 1
    sheet = _sheet(draw, kept, number)
    yield _questions(paper, PaperKeeper(db, draw).lines(number, sheet))


def _sheet(draw: PaperDraw, pool: tuple[PoolItem, ...], number: int) -> Sheet:
    order = Order(DrawKind(draw.kind), draw.seed, draw.count, draw.overlap, frozenset(map(UUID, draw.seen)))
    sheets = compose(draw.blueprint.rows, draw.blueprint.rules, pool, order)
    return next(islice(sheets, number - 1, None))


def _line(number: int, item: PoolItem, points: int) -> dict[str, Any]:
    return {"ref": f"q{number}", "item_version_id": item.version_id, "points": points, "option_order": None}


def _same(name: str, stored: str, again: str) -> Step:
    return Step(name, "" if stored == again else f"stored {stored}, now {again}")


def _questions(paper: Paper, lines: list[dict[str, Any]]) -> Step:
    differing = [fault for stored, again in zip_longest(paper.items, lines) if (fault := _difference(stored, again))]
    return Step(f"{len(paper.items)} questions", "; ".join(differing))


def _difference(stored: PaperItem | None, again: dict[str, Any] | None) -> str:
    if stored is None or again is None:
        return f"{stored.ref if stored else (again or {})['ref']} is in one of them only"
    was = {name: getattr(stored, name) for name in ("ref", "item_version_id", "points", "option_order")}
    differing = [f"{name} {was[name]}, drawn {again[name]}" for name in was if was[name] != again[name]]
    return f"{stored.ref}: {', '.join(differing)}" if differing else ""

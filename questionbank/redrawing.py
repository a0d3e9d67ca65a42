"""Drawing a stored paper again, to prove that it is what its seed, pool and rules give."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from questionbank import drawing
from questionbank.assembly.pool import PoolItem
from questionbank.assembly.snapshots import digest, restored
from questionbank.composing import Order, Sheet, compose
from questionbank.draw import pool_digest
from questionbank.kinds import DrawKind
from questionbank.models import Paper, PaperDraw, PaperItem
from questionbank.paper_lines import Line, PaperLines

COMPARED = ("ref", "item_version_id", "points", "option_order")


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
        pool = tuple(drawing.pool(db, paper.blueprint.bank_id))
        yield _same("pool", paper.pool_digest, pool_digest(pool))
        sheet = next(compose(paper.blueprint.rows, None, pool, Order(DrawKind.SINGLE, paper.seed)))
        yield _questions(paper, [_line(number, item, points) for number, (item, points) in enumerate(sheet, start=1)])
        return
    draw = paper.draw
    kept = restored(draw.pool)
    yield _same("pool", draw.pool_digest, digest(kept))
    yield _same("pool of the paper", paper.pool_digest, draw.pool_digest)
    yield _same("rules", draw.rules_digest, drawing.rules_digest(draw.blueprint))
    sheet = _sheet(draw, kept, paper.form_number)
    yield _questions(paper, PaperLines(db, draw.seed).of(paper.form_number, sheet))


def _sheet(draw: PaperDraw, pool: tuple[PoolItem, ...], form_number: int) -> Sheet:
    order = Order(DrawKind(draw.kind), draw.seed, draw.count, draw.overlap, frozenset(map(UUID, draw.seen)))
    sheets = compose(draw.blueprint.rows, draw.blueprint.rules, pool, order)
    return next(islice(sheets, form_number - 1, None))


def _line(number: int, item: PoolItem, points: int) -> Line:
    return Line(f"q{number}", number, item.version_id, points, None)


def _same(name: str, stored: str, again: str) -> Step:
    return Step(name, "" if stored == again else f"stored {stored}, now {again}")


def _questions(paper: Paper, lines: list[Line]) -> Step:
    differing = [fault for stored, again in zip_longest(paper.items, lines) if (fault := _difference(stored, again))]
    return Step(f"{len(paper.items)} questions", "; ".join(differing))


def _difference(stored: PaperItem | None, again: Line | None) -> str:
    if stored is None or again is None:
        alone = stored or again
        return f"{alone.ref if alone else ''} is in one of them only"
    pairs = {name: (getattr(stored, name), getattr(again, name)) for name in COMPARED}
    differing = [f"{name} {was}, drawn {now}" for name, (was, now) in pairs.items() if was != now]
    return f"{stored.ref}: {', '.join(differing)}" if differing else ""

"""Blueprints, and papers drawn from them and stored."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.core.db import get
from examsvc.core.identity import Identity
from questionbank import bases, usage
from questionbank.assembly.model import FULL_MARKS
from questionbank.assembly.reading import plan_of, rows_of_cells
from questionbank.assembly.shares import is_share
from questionbank.assembly.snapshots import digest, snapshot
from questionbank.bases import Basis
from questionbank.composing import ENGINE, Order, Sheet
from questionbank.draw import Row, rows_in
from questionbank.errors import BadBlueprint
from questionbank.kinds import DrawKind
from questionbank.models import (
    Blueprint,
    ItemBank,
    Paper,
    PaperDraw,
)
from questionbank.paper_keeping import PaperKeeper
from questionbank.paper_lines import Laid

UNUSED: tuple[int, datetime | None] = (0, None)
Shown = Callable[[Iterable[Sheet]], Iterator[Sheet]]


def add_blueprint(
    db: Session, bank_id: UUID, name: str, rows: Sequence[Row], *, rules: dict[str, Any] | None = None, now: datetime
) -> Blueprint:
    """Add a blueprint of rows, or of rules with cells, and return it; raises BadBlueprint.

    Points make exactly 100, and each work task has its share of the theory part (附件3 考核比重).
    """
    bank = get(db, ItemBank, bank_id)
    if rules is not None:
        rows = rows_in(rows_of_cells(plan_of(rules)))
    _check_points(bank, rows)
    blueprint = Blueprint(bank_id=bank_id, name=name, rows=[asdict(row) for row in rows], rules=rules, created_at=now)
    db.add(blueprint)
    db.flush()
    return blueprint


def _check_points(bank: ItemBank, rows: Sequence[Row]) -> None:
    if (whole := sum(row.count * row.points for row in rows)) != FULL_MARKS:
        raise BadBlueprint(reason=f"it has {whole / 100:g} points, not 100")
    theory = sum(task.theory_share for task in bank.specification.work_tasks)
    for task in bank.specification.work_tasks:
        points = sum(row.count * row.points for row in rows if row.work_task == task.number)
        if theory and not is_share(points, Fraction(FULL_MARKS * task.theory_share, theory)):
            raise BadBlueprint(reason=f"work task {task.number} has {points / 100:g} points, not its share of 100")


def draw_paper(
    db: Session, blueprint_id: UUID, *, seed: str, by: Identity, now: datetime, seen: Collection[UUID] = ()
) -> Paper:
    """Draw and store one paper with all practical tasks of the bank; raises PoolTooSmall, NoForm, DrawUndecided."""
    order = Order(DrawKind.SINGLE, seed, seen=frozenset(seen))
    return draw_papers(db, blueprint_id, order, by=by, now=now).papers[0]


def draw_papers(
    db: Session, blueprint_id: UUID, order: Order, *, by: Identity, now: datetime, shown: Shown = iter
) -> PaperDraw:
    """Draw and store the papers that the order asks for, and return the draw.

    `shown` passes the papers on one by one as they are made, to show progress. Raises PoolTooSmall, NoForm,
    FormsTooUnlike, ExposureExhausted, DrawUndecided.
    """
    basis = bases.read(db, blueprint_id, order, now=now)
    return keep(db, basis, bases.laid_out(db, basis, shown(basis.sheets())), by=by, now=now)


def keep(
    db: Session,
    basis: Basis,
    papers: Iterable[Laid],
    *,
    by: Identity,
    now: datetime,
    continues: UUID | None = None,
) -> PaperDraw:
    """Store the papers that were drawn from the basis and return their draw.

    `continues` is the first draw whose forms these are added to: that draw itself is never extended, for its pool is
    what could be drawn at its time.
    """
    blueprint, order = get(db, Blueprint, basis.blueprint_id), basis.order
    draw = PaperDraw(
        blueprint=blueprint,
        kind=order.kind,
        count=order.count,
        overlap=order.overlap,
        seed=order.seed,
        seen=sorted(map(str, order.seen)),
        pool=snapshot(basis.items),
        pool_digest=digest(basis.items),
        rules_digest=rules_digest(blueprint),
        engine=ENGINE,
        created_at=now,
        continues_id=continues,
        first_form=_form_count(db, continues) + 1 if continues else 1,
    )
    db.add(draw)
    db.flush()
    keeper = PaperKeeper(db, draw)
    keeper.keep(papers, by=by)
    usage.count(db, keeper.drawn, now=now)
    return draw


def _form_count(db: Session, draw_id: UUID) -> int:
    """Return how many forms a draw has together with those that continue it."""
    of_both = or_(PaperDraw.id == draw_id, PaperDraw.continues_id == draw_id)
    return db.scalar(select(func.sum(PaperDraw.count)).where(of_both)) or 0


def rules_digest(blueprint: Blueprint) -> str:
    """Return the digest of all that a blueprint asks for."""
    return canonical.digest({"rows": blueprint.rows, "rules": blueprint.rules})

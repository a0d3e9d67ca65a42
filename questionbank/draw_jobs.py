"""Sets of papers as a job: drawn without a lock, then stored in one transaction."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core.db import Database, get, get_locked
from examsvc.core.identity import Identity
from examsvc.core.jobs import asking
from examsvc.core.jobs.errors import JobOvertaken
from examsvc.core.jobs.kinds import Asked, Kind, Write
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.progress import Progress
from questionbank import bases, drawing, pooling
from questionbank.assembly.snapshots import digest
from questionbank.bases import Basis
from questionbank.composing import Order
from questionbank.errors import OnlyIndividualFormsContinued
from questionbank.kinds import DrawKind
from questionbank.models import Blueprint, ItemBank, Paper, PaperDraw


def ask(db: Session, blueprint_id: UUID, order: dict[str, Any], *, by: Identity, now: datetime) -> Job:
    """Ask for the papers of an order (kind, count, overlap, seed, seen_paper_ids) and return the job.

    Raises NotFound, NotAllowed.
    """
    blueprint = get(db, Blueprint, blueprint_id)
    payload = {"blueprint_id": blueprint_id, **order}
    return asking.ask(db, KIND, payload, label=blueprint.name, about=blueprint.bank_id, by=by, now=now)


def ask_more(db: Session, draw_id: UUID, order: dict[str, Any], *, by: Identity, now: datetime) -> Job:
    """Ask for individual forms in addition to those of a draw (count, seed) and return the job.

    They become a draw of their own that continues it. Raises NotFound, OnlyIndividualFormsContinued, NotAllowed.
    """
    draw = get(db, PaperDraw, draw_id)
    if draw.kind != DrawKind.INDIVIDUAL:
        raise OnlyIndividualFormsContinued
    payload = {"kind": draw.kind, "overlap": 0, "seen_paper_ids": [], "continues": draw.continues_id or draw.id}
    return ask(db, draw.blueprint_id, {**payload, **order}, by=by, now=now)


def _prepare(database: Database, asked: Asked, progress: Progress) -> Write:
    blueprint_id, order = UUID(asked.payload["blueprint_id"]), asked.payload
    with database.reading() as db:
        wanted = _order(db, order)
        basis = bases.read(db, blueprint_id, wanted, now=asked.now)
    progress.begin(wanted.count)
    with database.reading() as db:
        papers = list(bases.laid_out(db, basis, progress.passing(basis.sheets())))

    def write(db: Session, now: datetime) -> dict[str, Any]:
        _check_current(db, basis, asked.now)
        shown = progress.passing(iter(papers))
        continued = order.get("continues")
        continues = UUID(continued) if continued else None
        return _told(db, drawing.keep(db, basis, shown, by=asked.by, now=now, continues=continues))

    return write


def _order(db: Session, order: dict[str, Any]) -> Order:
    # A job's key is what was asked: a seed that nobody gave is taken only here, so that a second click is the same job.
    seed = order["seed"] or secrets.token_hex(8)
    seen = pooling.asked_in(db, [UUID(paper_id) for paper_id in order["seen_paper_ids"]])
    return Order(DrawKind(order["kind"]), seed, order["count"], order["overlap"], seen)


def _check_current(db: Session, basis: Basis, now: datetime) -> None:
    """Raise JobOvertaken unless the bank still is what was drawn from; draws from one bank are stored one by one."""
    get_locked(db, ItemBank, get(db, Blueprint, basis.blueprint_id).bank_id)
    if digest(bases.read(db, basis.blueprint_id, basis.order, now=now).items) != digest(basis.items):
        raise JobOvertaken


def _told(db: Session, draw: PaperDraw) -> dict[str, Any]:
    first = db.scalars(select(Paper.id).filter_by(draw_id=draw.id, form_number=draw.first_form)).one()
    return {"draw_id": draw.id, "bank_id": draw.blueprint.bank_id, "paper_id": first, "count": draw.count}


KIND = Kind("DRAW", frozenset({Role.OFFICE}), _prepare)

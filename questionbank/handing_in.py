"""Handing a bank in for the scheme review: it belongs to the case, and it covers what the specification demands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.developing import service as developing
from examsvc.registry.developing.errors import SpecificationMissing
from examsvc.registry.models import Organisation, SchemeSpecification, WorkTask
from questionbank import authoring
from questionbank.errors import BankCoverageMissing, BankOfAnotherSpecification
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemBank, ItemVersion, PracticalTask
from questionbank.registration import registering


def open_bank(db: Session, case_id: UUID, version: int, name: str, *, by: Identity, now: datetime) -> ItemBank:
    """Open an empty bank for the case's specification and return it; raises what `developing.service.take` raises."""
    case, _ = developing.take(db, case_id, version, by=by, now=now)
    specification_id = _specification_id(case)
    organisation = cases.own_organisation(db, by)
    bank = authoring.create_bank(db, organisation.id, specification_id, name, now=now)
    audit.append(db, case.audit_stream, "development.bank_opened", by=by, now=now, bank=bank.id)
    cases.touch(case)
    return bank


def hand_in(db: Session, case_id: UUID, version: int, bank_id: UUID, *, by: Identity, now: datetime) -> None:
    """Hand the bank in for the case, which registers what is released in it.

    Raises what `developing.service.take` raises, SpecificationMissing, NotFound for another organisation's bank,
    BankOfAnotherSpecification, BankCoverageMissing with everything that is missing, NothingReleased.
    """
    case, _ = developing.take(db, case_id, version, by=by, now=now)
    specification_id = _specification_id(case)
    bank = get(db, ItemBank, bank_id)
    if bank.organisation_id != cases.own_organisation(db, by).id:
        raise NotFound(thing="item bank")
    if bank.specification_id != specification_id:
        raise BankOfAnotherSpecification
    covered = coverage(db, [bank_id], specification_id)[bank_id]
    if lacking := missing(covered):
        raise BankCoverageMissing(missing=lacking)
    registering.register(db, bank.id, case_id=case.id, by=by, now=now)
    developing.record_bank(db, case, bank.id, bank.name, covered, by=by, now=now)


def choices(db: Session, case_id: UUID, *, by: Identity) -> list[dict[str, Any]]:
    """Return the banks that the case's organisation keeps for its specification, with what they cover and lack."""
    case = cases.find(db, case_id, by=by)
    if case.specification_id is None:
        return []
    query = select(ItemBank).join(Organisation).where(Organisation.credit_code == case.credit_code)
    banks = list(db.scalars(query.where(ItemBank.specification_id == case.specification_id).order_by(ItemBank.name)))
    covered = coverage(db, [bank.id for bank in banks], case.specification_id)
    return [
        {"id": bank.id, "name": bank.name, "coverage": covered[bank.id], "missing": missing(covered[bank.id])}
        for bank in banks
    ]


def coverage(db: Session, bank_ids: Sequence[UUID], specification_id: UUID) -> dict[UUID, list[dict[str, Any]]]:
    """Return for each bank what it holds for each work task: released items, practical tasks."""
    points = selectinload(SchemeSpecification.work_tasks).selectinload(WorkTask.knowledge_points)
    tasks = db.get_one(SchemeSpecification, specification_id, options=[points]).work_tasks
    items, practicals = _released_items(db, bank_ids), _practical_tasks(db, bank_ids)
    return {bank_id: [_row(task, bank_id, items, practicals) for task in tasks] for bank_id in bank_ids}


def missing(covered: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what is missing: {work_task, knowledge_point, kind}; knowledge_point is None for a PRACTICAL_TASK.

    A work task with a theory share needs a released item for each of its knowledge points; one with a practical
    share needs a practical task. 140号 五(二): 科学规范编制评价方案和题库.
    """
    lacking: list[dict[str, Any]] = []
    for row in covered:
        if row["theory_share"]:
            gaps = [point["number"] for point in row["knowledge_points"] if not point["items"]]
            lacking += [{"work_task": row["number"], "knowledge_point": gap, "kind": "ITEM"} for gap in gaps]
        if row["practical_share"] and not row["practical_tasks"]:
            lacking.append({"work_task": row["number"], "knowledge_point": None, "kind": "PRACTICAL_TASK"})
    return lacking


def _specification_id(case: Case) -> UUID:
    if case.specification_id is None:
        raise SpecificationMissing
    return case.specification_id


def _released_items(db: Session, bank_ids: Sequence[UUID]) -> Counter[tuple[UUID, UUID]]:
    """Return how many items have a released version, by bank and knowledge point."""
    columns = (Item.bank_id, ItemVersion.knowledge_point_id)
    query = (
        select(*columns, func.count(Item.id.distinct()))
        .join(Item)
        .where(Item.bank_id.in_(bank_ids), ItemVersion.state == ItemState.RELEASED)
        .group_by(*columns)
    )
    return Counter({(bank, point): number for bank, point, number in db.execute(query)})


def _practical_tasks(db: Session, bank_ids: Sequence[UUID]) -> Counter[tuple[UUID, UUID]]:
    columns = (PracticalTask.bank_id, PracticalTask.work_task_id)
    query = select(*columns, func.count()).where(PracticalTask.bank_id.in_(bank_ids)).group_by(*columns)
    return Counter({(bank, task): number for bank, task, number in db.execute(query)})


def _row(
    task: WorkTask, bank_id: UUID, items: Counter[tuple[UUID, UUID]], practicals: Counter[tuple[UUID, UUID]]
) -> dict[str, Any]:
    points = [
        {"number": point.number, "text": point.text, "items": items[bank_id, point.id]}
        for point in task.knowledge_points
    ]
    own = ("number", "name", "weight", "theory_share", "practical_share")
    return {
        **{name: getattr(task, name) for name in own},
        "items": sum(point["items"] for point in points),
        "practical_tasks": practicals[bank_id, task.id],
        "knowledge_points": points,
    }

"""Reading what papers are made of and the papers themselves: practical tasks, blueprints, papers."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload, with_expression
from sqlalchemy.orm.strategy_options import _AbstractLoad

from examsvc.core.db import get
from examsvc.registry.models import Filing, KnowledgePoint
from questionbank.models import (
    Blueprint,
    ItemBank,
    ItemVersion,
    Paper,
    PaperDraw,
    PaperItem,
    PaperPracticalTask,
    PracticalTask,
)
from questionbank.registration.models import BankVersion

MOST_PAPERS = 500
FORMS_OF_A_DRAW = 26  # more are forms for single candidates: nobody pages through thousands of them


def practical_tasks(db: Session, bank_id: UUID) -> list[PracticalTask]:
    """Return the bank's practical tasks by code; raises NotFound for no such bank."""
    get(db, ItemBank, bank_id)
    query = select(PracticalTask).filter_by(bank_id=bank_id).order_by(PracticalTask.code)
    return list(db.scalars(query.options(joinedload(PracticalTask.work_task))))


def practical_task(db: Session, task_id: UUID) -> PracticalTask:
    """Return a practical task with its criteria; raises NotFound."""
    query = select(PracticalTask).filter_by(id=task_id)
    options = joinedload(PracticalTask.work_task), selectinload(PracticalTask.criteria)
    return db.scalars(query.options(*options)).one_or_none() or get(db, PracticalTask, task_id)


def blueprints(db: Session, bank_id: UUID) -> list[Blueprint]:
    """Return the bank's blueprints, newest first; raises NotFound for no such bank."""
    get(db, ItemBank, bank_id)
    query = select(Blueprint).filter_by(bank_id=bank_id).order_by(Blueprint.created_at.desc(), Blueprint.id.desc())
    return list(db.scalars(query))


def registered(db: Session, bank_id: UUID) -> list[BankVersion]:
    """Return the bank's registered versions, newest first; raises NotFound for no such bank."""
    get(db, ItemBank, bank_id)
    query = select(BankVersion).filter_by(bank_id=bank_id).order_by(BankVersion.number.desc())
    return list(db.scalars(query.options(joinedload(BankVersion.filing))))


def filings(db: Session, bank_id: UUID) -> list[Filing]:
    """Return the filings that the bank may be registered for, newest first; raises NotFound for no such bank."""
    bank = get(db, ItemBank, bank_id)
    query = select(Filing).filter_by(organisation_id=bank.organisation_id, specification_id=bank.specification_id)
    return list(db.scalars(query.order_by(Filing.valid_from_on.desc(), Filing.number.desc())))


def papers(db: Session, bank_id: UUID) -> list[Paper]:
    """Return the papers drawn from the bank, newest first, not more than MOST_PAPERS, of each draw the first forms.

    Raises NotFound for no such bank.
    """
    get(db, ItemBank, bank_id)
    query = (
        select(Paper)
        .join(Paper.blueprint)
        .outerjoin(Paper.draw)
        .where(
            Blueprint.bank_id == bank_id, Paper.form_number < func.coalesce(PaperDraw.first_form, 1) + FORMS_OF_A_DRAW
        )
        .order_by(Paper.created_at.desc(), Paper.draw_id.desc(), Paper.form_number)
        .options(joinedload(Paper.blueprint), joinedload(Paper.draw), *_counted())
        .limit(MOST_PAPERS)
    )
    return list(db.scalars(query))


def _counted() -> tuple[_AbstractLoad, _AbstractLoad]:
    """Return the options that have papers counted by the database: a draw has thousands of them."""
    items = select(func.count()).where(PaperItem.paper_id == Paper.id).scalar_subquery()
    practicals = select(func.count()).where(PaperPracticalTask.paper_id == Paper.id).scalar_subquery()
    return with_expression(Paper.counted_items, items), with_expression(Paper.counted_practicals, practicals)


def paper_set(db: Session, draw_id: UUID) -> PaperDraw:
    """Return a draw with its papers; raises NotFound."""
    papers = selectinload(PaperDraw.papers)
    shown = papers.options(joinedload(Paper.blueprint), joinedload(Paper.draw), *_counted())
    query = select(PaperDraw).filter_by(id=draw_id).options(shown).execution_options(populate_existing=True)
    return db.scalars(query).one_or_none() or get(db, PaperDraw, draw_id)


def paper(db: Session, paper_id: UUID) -> Paper:
    """Return a paper with its questions and practical tasks; raises NotFound."""
    versions = selectinload(Paper.items).joinedload(PaperItem.item_version)
    point = versions.joinedload(ItemVersion.knowledge_point).joinedload(KnowledgePoint.work_task)
    tasks = selectinload(Paper.practical_tasks).joinedload(PaperPracticalTask.practical_task)
    query = (
        select(Paper)
        .where(Paper.id == paper_id)
        .options(
            joinedload(Paper.blueprint),
            joinedload(Paper.draw),
            point,
            versions.joinedload(ItemVersion.item),
            tasks.joinedload(PracticalTask.work_task),
        )
    )
    return db.scalars(query).one_or_none() or get(db, Paper, paper_id)

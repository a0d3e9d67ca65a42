"""Which papers an exam of a filing may use."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import get
from questionbank.errors import PaperCompromised, PaperNotRegistered
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemVersion, Paper, PaperItem
from questionbank.registration.models import BankVersion


def check(db: Session, paper_id: UUID, filing_id: UUID) -> None:
    """Raise PaperNotRegistered unless the paper was drawn from the bank registered for the filing; PaperCompromised."""
    paper = get(db, Paper, paper_id)
    registered = db.get(BankVersion, paper.bank_version_id) if paper.bank_version_id else None
    if registered is None or registered.filing_id != filing_id:
        raise PaperNotRegistered
    refuse_compromised(db, paper_id)


def refuse_compromised(db: Session, paper_id: UUID | None) -> None:
    """Raise PaperCompromised when a question of the paper became known outside."""
    query = (
        select(Item.code)
        .join(ItemVersion, ItemVersion.item_id == Item.id)
        .join(PaperItem, PaperItem.item_version_id == ItemVersion.id)
        .where(PaperItem.paper_id == paper_id, ItemVersion.state == ItemState.COMPROMISED)
        .order_by(PaperItem.position)
    )
    if codes := db.scalars(query).all():
        raise PaperCompromised(codes=list(codes))

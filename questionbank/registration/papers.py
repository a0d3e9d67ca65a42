"""Which papers an exam of a filing may use."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from questionbank.errors import PaperCompromised, PaperNotRegistered
from questionbank.lifecycle import ItemState
from questionbank.models import Item, ItemVersion, Paper, PaperItem
from questionbank.registration.models import BankVersion


def check_registered(db: Session, chosen: Select[UUID], filing_id: UUID) -> None:
    """Raise PaperNotRegistered unless each of the chosen papers was drawn from the bank registered for the filing."""
    strange = select(Paper.id).where(Paper.id.in_(chosen), ~registered_for(filing_id))
    if db.scalar(select(exists(strange))):
        raise PaperNotRegistered


def registered_for(filing_id: UUID) -> ColumnElement[bool]:
    """Return the condition that a paper was drawn from the bank registered for the filing."""
    return exists().where(BankVersion.id == Paper.bank_version_id, BankVersion.filing_id == filing_id)


def refuse_compromised(db: Session, paper_ids: Sequence[UUID]) -> None:
    """Raise PaperCompromised when a question of one of the papers became known outside."""
    if codes := known_outside(db, paper_ids):
        raise PaperCompromised(codes=codes)


def known_outside(db: Session, paper_ids: Sequence[UUID] | Select[Any]) -> list[str]:
    """Return the codes of the papers' items that became known outside, in the order of the papers."""
    query = (
        select(Item.code)
        .join(ItemVersion, ItemVersion.item_id == Item.id)
        .join(PaperItem, PaperItem.item_version_id == ItemVersion.id)
        .where(PaperItem.paper_id.in_(paper_ids), ItemVersion.state == ItemState.COMPROMISED)
        .order_by(PaperItem.position)
    )
    return list(dict.fromkeys(db.scalars(query)))


def compromised() -> ColumnElement[bool]:
    """Return the condition that a question of a paper became known outside."""
    known = select(PaperItem.ref).join(ItemVersion, ItemVersion.id == PaperItem.item_version_id)
    return exists(known.where(PaperItem.paper_id == Paper.id, ItemVersion.state == ItemState.COMPROMISED))

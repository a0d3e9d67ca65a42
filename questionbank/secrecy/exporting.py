"""Exporting a bank whole: of a secret bank one person asks, another grants, and it is taken once within a day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit, canonical
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from questionbank.authoring import METADATA
from questionbank.browsing import OUT_OF_USE
from questionbank.errors import ExportNotGranted, OwnGrant
from questionbank.models import Item, ItemBank, ItemVersion
from questionbank.secrecy.models import BankExport

LASTS = timedelta(hours=24)


def ask(db: Session, bank_id: UUID, *, reason: str, by: Identity, now: datetime) -> BankExport:
    """Ask for leave to export a bank and return the request; raises NotFound."""
    get(db, ItemBank, bank_id)
    asked = BankExport(bank_id=bank_id, reason=reason, asked_by_id=by.account_id, asked_at=now)
    db.add(asked)
    audit.append(db, f"bank:{bank_id}", "bank.export_asked", by=by, now=now, reason=reason)
    return asked


def grant(db: Session, export_id: UUID, *, by: Identity, now: datetime) -> BankExport:
    """Grant somebody else's request and return it; raises OwnGrant, NotFound."""
    asked = get_locked(db, BankExport, export_id)
    if asked.asked_by_id == by.account_id:
        raise OwnGrant
    if asked.granted_at is None:
        asked.granted_by_id, asked.granted_at = by.account_id, now
        audit.append(db, f"bank:{asked.bank_id}", "bank.export_granted", by=by, now=now, export=asked.id)
    return asked


def requests(db: Session, bank_id: UUID) -> list[BankExport]:
    """Return the requests to export a bank, newest first; raises NotFound."""
    get(db, ItemBank, bank_id)
    query = select(BankExport).filter_by(bank_id=bank_id).order_by(BankExport.asked_at.desc(), BankExport.id.desc())
    return list(db.scalars(query.options(joinedload(BankExport.asked_by), joinedload(BankExport.granted_by))))


def permit(db: Session, bank_id: UUID, *, by: Identity, now: datetime) -> None:
    """Put on record that somebody takes a bank out, in whatever format; every export begins here.

    Raises ExportNotGranted for a secret bank unless they hold a grant that is neither used nor a day old; uses it up.
    """
    bank = get_locked(db, ItemBank, bank_id)
    if bank.is_secret:
        _held_grant(db, bank_id, by, now).used_at = now
    audit.append(db, f"bank:{bank_id}", "bank.exported", by=by, now=now)


def export(db: Session, bank_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the bank whole, every version in use with its key; raises what `permit` raises."""
    permit(db, bank_id, by=by, now=now)
    query = select(ItemVersion).join(Item).where(Item.bank_id == bank_id, ItemVersion.state.not_in(OUT_OF_USE))
    found = db.scalars(query.order_by(Item.code, ItemVersion.number).options(joinedload(ItemVersion.item)))
    whole: dict[str, Any] = canonical.plain({"bank": bank_id, "items": [_told(version) for version in found]})
    return whole


def _held_grant(db: Session, bank_id: UUID, by: Identity, now: datetime) -> BankExport:
    query = select(BankExport).filter_by(bank_id=bank_id, asked_by_id=by.account_id, used_at=None)
    held = db.scalars(query.where(BankExport.granted_at > now - LASTS).order_by(BankExport.granted_at)).first()
    if held is None:
        raise ExportNotGranted
    return held


def _told(version: ItemVersion) -> dict[str, Any]:
    item = version.item
    whose = {"code": item.code, "external_id": item.external_id, "source_extras": item.source_extras}
    said = ("number", "state", "type", "content", "key", "explanation", *METADATA)
    return {**whose, **{name: getattr(version, name) for name in said}}

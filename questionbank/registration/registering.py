"""Registering a bank: with the scheme when it is handed in, for its filing when that is made, again when it changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit, canonical
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import CaseState
from examsvc.registry.models import Filing
from questionbank.errors import BankOfAnotherSpecification, NothingReleased
from questionbank.lifecycle import ItemState
from questionbank.models import WORDING, Item, ItemBank, ItemVersion
from questionbank.registration import manifest
from questionbank.registration.manifest import Entry
from questionbank.registration.models import BankVersion, BankVersionItem


def subscribe() -> None:
    """Give the registered bank of a case its filing when the case is filed."""
    case_advanced.connect(_filed)


def register(
    db: Session,
    bank_id: UUID,
    *,
    case_id: UUID | None = None,
    filing_id: UUID | None = None,
    by: Identity,
    now: datetime,
) -> BankVersion:
    """Register what is released in the bank and return its version; an unchanged bank keeps the one it has.

    Raises NothingReleased, BankOfAnotherSpecification, NotFound.
    """
    bank = get_locked(db, ItemBank, bank_id)
    if filing_id:
        _check_filing(bank, get(db, Filing, filing_id))
    entries = [entry_of(version) for version in _released(db, bank_id)]
    if not entries:
        raise NothingReleased
    latest = newest(db, bank_id)
    if latest and _is(latest, bank, entries) and _fits(latest.filing_id, filing_id) and _fits(latest.case_id, case_id):
        latest.filing_id, latest.case_id = latest.filing_id or filing_id, latest.case_id or case_id
        return latest
    number = latest.number + 1 if latest else 1
    return _add(db, bank, number, entries, case_id=case_id, filing_id=filing_id, by=by, now=now)


def newest(db: Session, bank_id: UUID) -> BankVersion | None:
    """Return the bank's latest registered version."""
    query = select(BankVersion).where(BankVersion.bank_id == bank_id).order_by(BankVersion.number.desc())
    return db.scalars(query.limit(1)).first()


def in_force(db: Session, bank_id: UUID) -> BankVersion | None:
    """Return the version that exams are drawn from: the latest that has a filing, before any has one the latest."""
    query = select(BankVersion).where(BankVersion.bank_id == bank_id)
    order = (BankVersion.filing_id.is_(None), BankVersion.number.desc())
    return db.scalars(query.order_by(*order).limit(1)).first()


def drawable(db: Session, bank_id: UUID) -> ColumnElement[bool]:
    """Return the SQL condition for what is drawn: released, and in the registered version if the bank has one."""
    released, registered = ItemVersion.state == ItemState.RELEASED, in_force(db, bank_id)
    if registered is None:
        return released
    return released & ItemVersion.id.in_(
        select(BankVersionItem.item_version_id).where(BankVersionItem.bank_version_id == registered.id)
    )


def entry_of(version: ItemVersion) -> Entry:
    """Return the version as the manifest names it, with the digest of what it says now."""
    said = {name: getattr(version, name) for name in WORDING}
    key = {"key": said.pop("key"), "explanation": said.pop("explanation")}
    digest = manifest.digest_of(version.item.code, said.pop("content"), key, said)
    return Entry(version.item.code, version.number, version.id, digest)


def _released(db: Session, bank_id: UUID) -> Sequence[ItemVersion]:
    query = select(ItemVersion).join(Item).where(Item.bank_id == bank_id, ItemVersion.state == ItemState.RELEASED)
    return db.scalars(query.options(joinedload(ItemVersion.item))).all()


def _is(registered: BankVersion, bank: ItemBank, entries: Sequence[Entry]) -> bool:
    told = manifest.of(bank.id, bank.specification_id, registered.number, entries)
    return canonical.digest(told) == registered.digest


def _fits(has: UUID | None, wanted: UUID | None) -> bool:
    return None in (has, wanted) or has == wanted


def _check_filing(bank: ItemBank, filing: Filing) -> None:
    if (filing.organisation_id, filing.specification_id) != (bank.organisation_id, bank.specification_id):
        raise BankOfAnotherSpecification


def _add(
    db: Session,
    bank: ItemBank,
    number: int,
    entries: Sequence[Entry],
    *,
    by: Identity,
    now: datetime,
    **of: UUID | None,
) -> BankVersion:
    digest = canonical.digest(manifest.of(bank.id, bank.specification_id, number, entries))
    found = BankVersion(bank_id=bank.id, number=number, digest=digest, registered_at=now, **of)
    db.add(found)
    db.flush()
    rows = [
        {"bank_version_id": found.id, "item_version_id": entry.version_id, "digest": entry.digest} for entry in entries
    ]
    db.execute(insert(BankVersionItem), rows)
    audit.append(
        db,
        found.audit_stream,
        "bank.registered",
        by=by,
        now=now,
        number=number,
        digest=digest,
        items=len(entries),
        **of,
    )
    return found


def _filed(case: Case, *, db: Session, by: Identity, now: datetime, **_: Any) -> None:
    if case.state != CaseState.FILED:
        return
    query = select(BankVersion).where(BankVersion.case_id == case.id).order_by(BankVersion.number.desc()).limit(1)
    found = db.scalars(query).first()
    if found is not None:
        found.filing_id = case.filing_id
        audit.append(db, found.audit_stream, "bank.filed", by=by, now=now, number=found.number, filing=case.filing_id)

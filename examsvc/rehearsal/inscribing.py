"""Entering synthetic people as candidates who may log in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountRole
from examsvc.accounts.roles import Role
from examsvc.core import audit, ids
from examsvc.core.identity import Identity
from examsvc.delivery import identity_numbers
from examsvc.delivery.models import Candidate
from examsvc.rehearsal import rows
from examsvc.rehearsal.people import Synthetic

IDS_A_QUERY = 500


def candidates(db: Session, everybody: Sequence[Synthetic], *, by: Identity, now: datetime) -> list[UUID]:
    """Return the candidates' ids; who was in an earlier rehearsal is there already."""
    indexes = [identity_numbers.index(person.identity_number) for person in everybody]
    known = _known(db, indexes)
    missing = [(person, index) for person, index in zip(everybody, indexes, strict=True) if index not in known]
    made = [_made(person, index, now) for person, index in missing]
    rows.insert(db, Account, [account for account, _ in made])
    rows.insert(db, AccountRole, [{"account_id": account["id"], "role": Role.CANDIDATE} for account, _ in made])
    rows.insert(db, Candidate, [candidate for _, candidate in made])
    detail = {"roles": [str(Role.CANDIDATE)]}
    audit.begin(db, [(f"account:{one['id']}", detail) for one, _ in made], "account.created", by=by, now=now)
    known |= {candidate["identity_index"]: candidate["id"] for _, candidate in made}
    return [known[index] for index in indexes]


def _known(db: Session, indexes: Sequence[str]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for start in range(0, len(indexes), IDS_A_QUERY):
        part = indexes[start : start + IDS_A_QUERY]
        columns = select(Candidate.identity_index, Candidate.id).where(Candidate.identity_index.in_(part))
        found |= {row.identity_index: row.id for row in db.execute(columns)}
    return found


def _made(person: Synthetic, index: str, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    account = {"id": ids.new_id(), "username": f"rehearsal-{person.number}", "display_name": person.name}
    candidate = {
        "id": ids.new_id(),
        "account_id": account["id"],
        "name": person.name,
        "identity_sealed": identity_numbers.seal(person.identity_number),
        "identity_index": index,
        "created_at": now,
    }
    return {**account, "created_at": now}, candidate

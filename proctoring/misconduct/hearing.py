"""Telling the candidate what is on record, hearing what they say to it, and the signatures under it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, signatures, states
from examsvc.core.errors import IllegalTransition
from examsvc.core.identity import Identity
from proctoring.misconduct import content, finding
from proctoring.misconduct.errors import CandidatesOwnSignature, MisconductChanged, WitnessTwice
from proctoring.misconduct.models import MisconductRecord, MisconductSignature, MisconductStatement
from proctoring.misconduct.states import MisconductState, SignerKind

MAY_STATE = frozenset(MisconductState) - {MisconductState.OPEN, MisconductState.RULED}


def tell(db: Session, record_id: UUID, statement: str, digest: str, *, by: Identity, now: datetime) -> MisconductRecord:
    """Note that the candidate was told what the record says, with what they say to it, and return the record.

    An empty statement is none: the candidate was asked and said nothing. Raises NotFound, MisconductChanged.
    """
    record = _shown(finding.writable(db, record_id, by=by), digest)
    states.move(db, record, MisconductState.TOLD, by=by, now=now, digest=digest)
    _add_statement(db, record, statement, by=by, now=now)
    return record


def add_statement(db: Session, record_id: UUID, statement: str, *, by: Identity, now: datetime) -> MisconductRecord:
    """Write down what the candidate says later, until it is ruled on, and return the record; raises NotFound."""
    record = finding.writable(db, record_id, by=by)
    if record.state not in MAY_STATE:
        raise IllegalTransition(subject="misconduct", current=str(record.state), target="heard")
    _add_statement(db, record, statement, by=by, now=now)
    return record


def sign(
    db: Session, record_id: UUID, signature: dict[str, Any], digest: str, *, by: Identity, now: datetime
) -> MisconductRecord:
    """Take the candidate's signature, drawn on the pad that one of the staff holds out, and return the record.

    A name that somebody typed on a proctor's device is nobody's signature.
    Raises NotFound, MisconductChanged, CandidatesOwnSignature.
    """
    record = _shown(finding.writable(db, record_id, by=by), digest)
    if "strokes" not in signature:
        raise CandidatesOwnSignature
    _add_signature(db, record, SignerKind.CANDIDATE, signature, "", digest, by=by, now=now)
    states.move(db, record, MisconductState.SIGNED, by=by, now=now, signer=str(SignerKind.CANDIDATE), digest=digest)
    return record


def witness(
    db: Session, record_id: UUID, signature: dict[str, Any], digest: str, note: str, *, by: Identity, now: datetime
) -> MisconductRecord:
    """Sign that the candidate does not sign, and return the record; the second of the staff makes it SIGNED.

    人社部令第31号 十六. Raises NotFound, NotAllowed for whoever serves neither in the exam session nor in another
    at its site that day, MisconductChanged, SignatureNameDiffers, WitnessTwice.
    """
    record = _shown(finding.witnessed(db, record_id, by=by), digest)
    signatures.check_name(signature, by.name)
    if any(one.account_id == by.account_id for one in record.signatures):
        raise WitnessTwice
    is_second = record.state == MisconductState.REFUSED
    target = MisconductState.SIGNED if is_second else MisconductState.REFUSED
    _add_signature(db, record, SignerKind.WITNESS, signature, note, digest, by=by, now=now)
    states.move(db, record, target, by=by, now=now, signer=str(SignerKind.WITNESS), digest=digest)
    return record


def _shown(record: MisconductRecord, digest: str) -> MisconductRecord:
    if content.digest(record) != digest:
        raise MisconductChanged
    return record


def _add_statement(db: Session, record: MisconductRecord, text: str, *, by: Identity, now: datetime) -> None:
    row = MisconductStatement(declined=not text, text=text, written_by_id=finding.acting(by), given_at=now)
    record.statements.append(row)
    db.flush()
    about = {"declined": row.declined, "digest": content.digest(record)}
    audit.append(db, record.audit_stream, "misconduct.stated", by=by, now=now, **about)


def _add_signature(
    db: Session,
    record: MisconductRecord,
    signer: SignerKind,
    signature: dict[str, Any],
    note: str,
    digest: str,
    *,
    by: Identity,
    now: datetime,
) -> None:
    row = MisconductSignature(
        signer=signer, account_id=finding.acting(by), signature=signature, note=note, digest=digest, signed_at=now
    )
    record.signatures.append(row)
    db.flush()

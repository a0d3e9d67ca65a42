"""Parts of a record as plain values, made while the transaction is open."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core.errors import NotFound
from proctoring.misconduct import evidence as pieces
from proctoring.misconduct.file_models import MisconductFile
from proctoring.misconduct.models import (
    MisconductEvidence,
    MisconductRuling,
    MisconductSignature,
    MisconductStatement,
)
from proctoring.models import Command, Incident, ProctorEvent, Snapshot


def evidence(db: Session, link: MisconductEvidence) -> dict[str, Any]:
    """Return a linked piece as it is shown: when, what it is, and the words in it."""
    at, what, text = _told(pieces.find(db, link.kind, link.linked_id))
    return {"kind": link.kind, "id": link.linked_id, "digest": link.digest, "at": at, "what": what, "text": text}


def _told(piece: pieces.Piece | None) -> tuple[datetime, str, str]:
    match piece:
        case Snapshot():
            return piece.received_at, piece.reason, ""
        case ProctorEvent():
            return piece.at, str(piece.kind), ""
        case Incident():
            return piece.opened_at, piece.category, piece.note
        case Command():
            return piece.at, str(piece.kind), piece.text
        case MisconductFile():
            return piece.added_at, str(piece.kind), piece.name
        case None:
            raise NotFound(thing="evidence")  # foreign keys hold it


def statement(made: MisconductStatement) -> dict[str, Any]:
    """Return a statement with who wrote it down."""
    told = {"declined": made.declined, "text": made.text, "given_at": made.given_at}
    return {**told, "written_by": made.written_by.display_name}


def signature(made: MisconductSignature) -> dict[str, Any]:
    """Return a signature with who was logged in."""
    told = {"signer": made.signer, "signature": made.signature, "note": made.note, "digest": made.digest}
    return {**told, "signed_at": made.signed_at, "name": made.account.display_name}


def ruling(made: MisconductRuling) -> dict[str, Any]:
    """Return a ruling with who made it and, once it was revoked, who did that."""
    names = ("id", "number", "consequence", "subject", "grounds", "hearing", "remedy", "record_digest", "decided_at")
    dates = ("served_on", "service", "remedy_until_on", "revoked_at", "revocation")
    revoker = made.revoked_by.display_name if made.revoked_by else None
    told = {name: getattr(made, name) for name in (*names, *dates)}
    return {**told, "decided_by": made.decided_by.display_name, "revoked_by": revoker}

"""What is linked as evidence: found in the sitting, named by a digest, looked at again before anybody rules on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import blobs, canonical
from examsvc.core.errors import NotFound
from examsvc.delivery.models import Sitting
from proctoring.misconduct.errors import EvidenceAltered, EvidenceOfAnother
from proctoring.misconduct.file_models import MisconductFile
from proctoring.misconduct.models import MisconductEvidence
from proctoring.misconduct.states import EvidenceKind
from proctoring.models import Command, CommandReceipt, Incident, ProctorEvent, Snapshot

Piece = Snapshot | ProctorEvent | Incident | Command | MisconductFile
STORED = (EvidenceKind.SNAPSHOT, EvidenceKind.FILE)
"""What is kept as bytes, under its digest."""


@dataclass(frozen=True)
class EvidenceRef:
    """A piece of evidence by its kind and id."""

    kind: EvidenceKind
    id: UUID


def linked(
    db: Session, sitting: Sitting, refs: Iterable[EvidenceRef], *, account_id: UUID, now: datetime
) -> list[MisconductEvidence]:
    """Return links to pieces of the sitting's evidence, each once; raises EvidenceOfAnother."""
    return [
        MisconductEvidence(
            kind=ref.kind,
            **{f"{ref.kind.lower()}_id": ref.id},
            digest=digest_of(_of_sitting(db, sitting, ref)),
            linked_by_id=account_id,
            linked_at=now,
        )
        for ref in dict.fromkeys(refs)
    ]


def find(db: Session, kind: EvidenceKind, piece_id: UUID) -> Piece | None:
    """Return the piece of evidence, or None."""
    match kind:
        case EvidenceKind.SNAPSHOT:
            return db.get(Snapshot, piece_id)
        case EvidenceKind.EVENT:
            return db.get(ProctorEvent, piece_id)
        case EvidenceKind.INCIDENT:
            return db.get(Incident, piece_id)
        case EvidenceKind.COMMAND:
            return db.get(Command, piece_id)
        case EvidenceKind.FILE:
            return db.get(MisconductFile, piece_id)


def _of_sitting(db: Session, sitting: Sitting, ref: EvidenceRef) -> Piece:
    piece = find(db, ref.kind, ref.id)
    if piece is None or not _concerns(db, piece, sitting):
        raise EvidenceOfAnother
    return piece


def _concerns(db: Session, piece: Piece, sitting: Sitting) -> bool:
    """A command to everybody concerns whoever it reached."""
    if isinstance(piece, Command):
        return db.get(CommandReceipt, (piece.id, sitting.id)) is not None
    return piece.sitting_id == sitting.id


def digest_of(piece: Piece) -> str:
    """Return the digest by which a piece is linked: that of its bytes, or of what never changes of a row."""
    match piece:
        case MisconductFile():
            return piece.digest
        case Snapshot():
            return piece.frame_digest
        case ProctorEvent():
            told: dict[str, Any] = {"at": piece.at, "client_at": piece.client_at, "detail": piece.detail}
            return canonical.digest({"id": piece.id, "kind": str(piece.kind), **told})
        case Incident():
            told = {"note": piece.note, "by": piece.opened_by_id, "at": piece.opened_at}
            return canonical.digest({"id": piece.id, "category": piece.category, **told})
        case Command():
            told = {"text": piece.text, "seconds": piece.seconds, "by": piece.by_account_id, "at": piece.at}
            return canonical.digest({"id": piece.id, "kind": str(piece.kind), **told})


def check(db: Session, links: Sequence[MisconductEvidence]) -> None:
    """Raise EvidenceAltered, which names the first piece that is no longer what was linked."""
    for link in links:
        piece = find(db, link.kind, link.linked_id)
        if piece is None or digest_of(piece) != link.digest or not _is_kept(link):
            raise EvidenceAltered(evidence=str(link.linked_id))


def _is_kept(link: MisconductEvidence) -> bool:
    if link.kind not in STORED:
        return True
    try:
        blobs.get(link.digest)
    except NotFound:
        return False
    return True

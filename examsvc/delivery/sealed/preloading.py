"""Giving out sealed papers before the start: to whom, from when, and what belongs to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import checking_in, clocks, finding, paper_forms, paper_texts
from examsvc.delivery.models import Sitting
from examsvc.delivery.safe_browser import gate
from examsvc.delivery.sealed import beginning, keys, pacing, seals
from examsvc.delivery.sealed.errors import PreloadNotOpen
from examsvc.delivery.sealed.keys import Sealing


@dataclass(frozen=True)
class Sealed:
    """A paper that anybody may carry: `seal` names its bytes, `paper_digest` is what they are bound to."""

    seal: str
    paper_digest: str
    body: bytes


def preload(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return what to fetch before the start: the seal's name, the paper's digest, the names of the sealed files.

    Raises NotFound, SittingOver, EntryClosed, NotLetIn, StepsMissing, SafeBrowserNeeded, PreloadNotOpen.
    """
    sitting, sealing = _preloadable(db, sitting_id, by, now)
    return {
        "seal": seals.seal_of(sealing.context),
        "paper_digest": sealing.paper_digest,
        "starts_at": sealing.starts_at,
        "media": sorted(_files(db, sitting, sealing)),
        "has_formulas": any(one.has_formulas for one in paper_forms.of_sitting(db, sitting).values()),
        "told_within_ms": pacing.told_within_ms(beginning.together(db, sealing.starts_at)),
    }


def paper(db: Session, sitting_id: UUID, *, known: str | None, by: Identity, now: datetime) -> Sealed:
    """Return the sealed paper; without its body when its seal is the `known` one. Raises what `preload` raises."""
    sitting, sealing = _preloadable(db, sitting_id, by, now)
    seal = seals.seal_of(sealing.context)
    if seal == known:
        return Sealed(seal, sealing.paper_digest, b"")
    bound_to = seals.paper_bound_to(sitting.id, sealing.paper_digest)
    body = seals.sealed(sealing.keys().paper, paper_texts.text_of(db, sitting), bound_to)
    return Sealed(seal, sealing.paper_digest, body)


def medium(db: Session, sitting_id: UUID, name: str, *, by: Identity, now: datetime) -> tuple[str, bytes]:
    """Return the digest of the file that is called so while it is sealed, and the key of the files.

    Raises NotFound, also for a file that the caller's own paper does not show, and what `preload` raises.
    """
    sitting, sealing = _preloadable(db, sitting_id, by, now)
    digest = _files(db, sitting, sealing).get(name)
    if digest is None:
        raise NotFound(thing="medium")
    return digest, sealing.keys().media


def _files(db: Session, sitting: Sitting, sealing: Sealing) -> Mapping[str, str]:
    key = sealing.keys().media
    return {seals.medium_name(key, digest): digest for digest in paper_forms.files_of(db, sitting.paper_id)}


def _preloadable(db: Session, sitting_id: UUID, by: Identity, now: datetime) -> tuple[Sitting, Sealing]:
    sitting = finding.own(db, sitting_id, by=by)
    checking_in.check_enterable(clocks.timing_of(sitting, now).phase)
    checking_in.check_let_in(sitting)
    checking_in.check_steps(sitting)
    gate.check_reading(sitting, by=by)
    sealing = keys.sealing_of(sitting)
    if sealing is None:
        raise NotFound(thing="paper")
    opens_at = seals.opens_at(sealing.starts_at)
    if now < opens_at:
        raise PreloadNotOpen(opens_at=opens_at.isoformat())
    return sitting, sealing

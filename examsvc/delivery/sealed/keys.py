"""The keys of a sitting's sealed paper, derived from the master key."""

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from examsvc.core.sealing import sealer
from examsvc.delivery import arranging
from examsvc.delivery.models import Sitting
from examsvc.delivery.sealed import seals
from examsvc.delivery.sealed.seals import Keys
from examsvc.delivery.timing import Phase

PAPERS: Final = "sealed-papers"
MEDIA: Final = "sealed-media"


class Sealing(NamedTuple):
    """Whose paper is sealed, which one in which order, and for which start."""

    sitting_id: UUID
    exam_session_id: UUID
    paper_id: UUID
    arrangement_digest: str
    starts_at: datetime

    @property
    def paper_digest(self) -> str:
        """The name of the paper in this order."""
        return seals.paper_digest(self.paper_id, self.arrangement_digest)

    @property
    def context(self) -> bytes:
        """What the paper's key is derived for."""
        return seals.paper_context(self.sitting_id, self.paper_digest, self.starts_at)

    @property
    def media_context(self) -> bytes:
        """What the key of the exam session's files is derived for."""
        return seals.media_context(self.exam_session_id, self.starts_at)

    def keys(self) -> Keys:
        """Return the keys; each call derives them anew."""
        return Keys(sealer().key_for(PAPERS, self.context), sealer().key_for(MEDIA, self.media_context))


def sealing_of(sitting: Sitting) -> Sealing | None:
    """Return how the sitting's paper is sealed, or None before a paper is given."""
    if sitting.paper_id is None:
        return None
    enrolment = sitting.enrolment
    starts_at = enrolment.exam_session.starts_at
    return Sealing(sitting.id, enrolment.exam_session_id, sitting.paper_id, order_of(sitting), starts_at)


def order_of(sitting: Sitting) -> str:
    """Return the digest of the candidate's order, without reading the order where the digest is stored."""
    return sitting.arrangement_digest or arranging.digest(sitting.arrangement)


def released_to(sitting: Sitting, phase: Phase) -> Keys | None:
    """Return the keys of a sitting whose paper was opened, or None while it may not be read."""
    sealing = sealing_of(sitting)
    return sealing.keys() if sealing and phase == Phase.OPEN else None

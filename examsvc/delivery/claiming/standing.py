"""What a claim tells of the answers that stand."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from examsvc.delivery import responding
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.rescue import origins


@dataclass(frozen=True)
class Standing:
    """The answer to a question that stands, and where a page wrote it: one taken over was written before."""

    response: Response
    written_epoch: int
    written_seq: int


def standing(db: Session, sitting: Sitting) -> list[Standing]:
    """Return the last response to each question, in the order in which they were stored."""
    written = origins.written_places(db, sitting.id)
    latest = responding.latest(db, sitting.id)
    return [Standing(row, *written.get((row.epoch, row.seq), (row.epoch, row.seq))) for row in latest]

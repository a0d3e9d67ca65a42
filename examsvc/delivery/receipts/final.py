"""The receipt a candidate keeps: of all answers, once the sitting was handed in or its time was up."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.delivery import responding
from examsvc.delivery.models import Sitting
from examsvc.delivery.receipts import signed
from examsvc.delivery.receipts.tokens import Kind, Receipt
from examsvc.delivery.states import SittingState


def final_receipt(db: Session, sitting: Sitting) -> str | None:
    """Return the signed receipt of a sitting that was handed in, the same each time it is asked for; else None.

    It is another one only after an answer that had arrived in time was stored after the end, or after an extension.
    """
    if sitting.state != SittingState.HANDED_IN or sitting.finished_at is None:
        return None
    latest = responding.latest(db, sitting.id)
    receipt = Receipt(
        kind=Kind.HAND_IN,
        sitting_id=sitting.id,
        epoch=sitting.epoch,
        seq=sitting.last_seq,
        chain_head=sitting.chain_head,
        answered_count=sitting.answered_count,
        at=max([sitting.finished_at, *(response.received_at for response in latest)]),
        finished_at=sitting.finished_at,
        responses_digest=digest_of({response.item_ref: response.answer for response in latest}),
    )
    return signed.issued(receipt)


def digest_of(answers: Mapping[str, Any]) -> str:
    """Return the digest of the answers that count, by question; a cleared one is none."""
    return canonical.digest({item_ref: answer for item_ref, answer in answers.items() if answer is not None})

"""Checking a receipt: whether it is ours, and whether what is stored agrees with it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.delivery import verifying
from examsvc.delivery.errors import ReceiptUnreadable
from examsvc.delivery.models import CHAIN_START, Response, Sitting
from examsvc.delivery.receipts import signed, tokens
from examsvc.delivery.receipts.tokens import Receipt

_TOKEN: Final = re.compile(rf"{tokens.PREFIX}\.[0-9a-f]{{16}}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class Standing(StrEnum):
    """WHOLE: stored, unaltered, and nothing came after it. FURTHER: stored, unaltered, and more came after it.

    DISAGREES: what is stored is not what the receipt says. GONE: there is no such sitting here (any more).
    """

    WHOLE = "WHOLE"
    FURTHER = "FURTHER"
    DISAGREES = "DISAGREES"
    GONE = "GONE"


@dataclass(frozen=True)
class Checked:
    """A genuine receipt, and how what is stored stands to it."""

    receipt: Receipt
    standing: Standing


def found_in(text: str) -> str:
    """Return the receipt in what somebody pasted or uploaded, words around it or not; raises ReceiptUnreadable."""
    found = _TOKEN.search(text) or _TOKEN.search("".join(text.split()))  # a mail may have broken it into lines
    if found is None:
        raise ReceiptUnreadable
    return found.group()


def check(db: Session, token: str) -> Checked:
    """Return what the receipt says and whether it holds; raises ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken."""
    receipt = signed.verified(token)
    return Checked(receipt, standing_of(db, receipt))


def standing_of(db: Session, receipt: Receipt) -> Standing:
    """Return how what is stored stands to a genuine receipt; the whole chain of the sitting is reckoned again."""
    sitting = db.get(Sitting, receipt.sitting_id)
    if sitting is None:
        return Standing.GONE
    if not _holds(db, receipt) or verifying.verify_chain(db, sitting.id) is not None:
        return Standing.DISAGREES
    return Standing.WHOLE if sitting.chain_head == receipt.chain_head else Standing.FURTHER


def _holds(db: Session, receipt: Receipt) -> bool:
    """Return whether the chain has the receipt's value where it says; an epoch without a line has that before it."""
    if receipt.chain_head == CHAIN_START:
        return receipt.seq == 0
    query = select(Response).filter_by(sitting_id=receipt.sitting_id, chain=receipt.chain_head)
    row = db.scalars(query).one_or_none()
    if row is None:
        return False
    place = (row.epoch, row.seq)
    return place == (receipt.epoch, receipt.seq) if receipt.seq else row.epoch < receipt.epoch

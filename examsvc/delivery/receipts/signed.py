"""Receipts under the service's own key."""

from examsvc.core import signing
from examsvc.delivery.receipts import tokens
from examsvc.delivery.receipts.tokens import Receipt

LABEL = "receipts"


def issued(receipt: Receipt) -> str:
    """Return the receipt as text, signed by this service."""
    return tokens.form(receipt, key_id=own_key_id(), sign=_sign)


def verified(token: str) -> Receipt:
    """Return what a receipt of this service says; raises ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken."""
    return tokens.verify(token, public_keys())


def public_keys() -> dict[str, bytes]:
    """Return the raw public keys that this service signs receipts with, by id."""
    public = signing.public_key(LABEL)
    return {signing.key_id(public): public}


def own_key_id() -> str:
    """Return the id of the key that signs now."""
    return signing.key_id(signing.public_key(LABEL))


def _sign(message: bytes) -> bytes:
    return signing.sign(LABEL, message)

"""A receipt as one line of text: `R1.<key id>.<payload>.<signature>`, all it needs to be checked by anybody. Pure.

The payload is canonical JSON (RFC 8785) in base64url without padding; the Ed25519 signature is over its bytes.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID

from examsvc.core import canonical, signing
from examsvc.delivery.errors import ReceiptBroken, ReceiptKeyUnknown, ReceiptUnreadable

VERSION: Final = 1
PREFIX: Final = f"R{VERSION}"
MOST_CHARACTERS: Final = 2_000
"""No receipt of ours is half as long."""
_KEY_ID: Final = re.compile(r"[0-9a-f]{16}")


class Kind(StrEnum):
    """What was received: some responses, or the whole sitting at its end."""

    RESPONSES = "responses"
    HAND_IN = "hand_in"


@dataclass(frozen=True)
class Receipt:
    """The server's word that by `at` every response up to `seq` of the epoch, and of the epochs before, was stored.

    `chain_head` is the value of the chain that holds them all. The last two stand in a receipt of a hand-in only:
    when the sitting ended, and the digest of the answers that count (`final.digest_of`).
    """

    kind: Kind
    sitting_id: UUID
    epoch: int
    seq: int
    chain_head: str
    answered_count: int
    at: datetime
    finished_at: datetime | None = None
    responses_digest: str | None = None

    def payload(self) -> bytes:
        """Return the canonical JSON that is signed."""
        told = {name: value for name, value in vars(self).items() if value is not None}
        return canonical.encode({"v": VERSION, **told, "kind": str(self.kind)})

    @classmethod
    def of(cls, payload: bytes) -> Self:
        """Return the receipt a payload tells; raises ReceiptUnreadable unless it is just as we would write it."""
        try:
            receipt = cls._read(json.loads(payload))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ReceiptUnreadable from error
        if receipt.payload() != payload:
            raise ReceiptUnreadable
        return receipt

    @classmethod
    def _read(cls, told: dict[str, Any]) -> Self:
        return cls(**{name: _READS[name](value) for name, value in told.items() if name != "v"})


_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "kind": Kind,
    "sitting_id": UUID,
    "epoch": int,
    "seq": int,
    "chain_head": str,
    "answered_count": int,
    "at": datetime.fromisoformat,
    "finished_at": datetime.fromisoformat,
    "responses_digest": str,
}


def form(receipt: Receipt, *, key_id: str, sign: Callable[[bytes], bytes]) -> str:
    """Return the receipt as text, signed by `sign`, whose public key has the id."""
    payload = receipt.payload()
    return f"{PREFIX}.{key_id}.{_encoded(payload)}.{_encoded(sign(payload))}"


def verify(token: str, keys: Mapping[str, bytes]) -> Receipt:
    """Return what a genuine receipt says; `keys` are the raw public keys that are trusted, by id.

    Raises ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken.
    """
    key_id, payload, signature = _parts(token)
    if key_id not in keys:
        raise ReceiptKeyUnknown(key_id=key_id)
    if not signing.verify(keys[key_id], payload, signature):
        raise ReceiptBroken
    return Receipt.of(payload)


def _parts(token: str) -> tuple[str, bytes, bytes]:
    parts = token.strip().split(".")
    if len(token) > MOST_CHARACTERS or len(parts) != len(("prefix", "key id", "payload", "signature")):
        raise ReceiptUnreadable
    prefix, key_id, payload, signature = parts
    if prefix != PREFIX or not _KEY_ID.fullmatch(key_id):
        raise ReceiptUnreadable
    return key_id, _decoded(payload), _decoded(signature)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReceiptUnreadable from error
    if _encoded(data) != text:  # unused bits, other alphabets: one receipt has one form
        raise ReceiptUnreadable
    return data

"""The reconciliation as a signed file that anybody can check with the public key."""

import json
from collections.abc import Mapping
from typing import Any, Final

from examsvc.core import canonical, signing
from examsvc.delivery.reconciling.errors import StatementUnreadable
from examsvc.delivery.reconciling.reconciliation import LABEL, Reconciliation

FORMAT: Final = "examsvc-reconciliation"


def document(found: Reconciliation) -> bytes:
    """Return the reconciliation as JSON; its signature is of the canonical JSON (RFC 8785) of `statement`."""
    told = {
        "format": FORMAT,
        "statement": canonical.plain(found.statement),
        "algorithm": "Ed25519",
        "key_id": found.key_id,
        "signature": found.signature,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def holds(data: bytes, public: Mapping[str, bytes]) -> bool:
    """Return whether one of these keys signed the document as it stands; raises StatementUnreadable."""
    try:
        told: dict[str, Any] = json.loads(data)
        key = public.get(told["key_id"])
        statement, signature = canonical.encode(told["statement"]), bytes.fromhex(told["signature"])
        is_ours = told["format"] == FORMAT
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StatementUnreadable from error
    if not is_ours:
        raise StatementUnreadable
    return key is not None and signing.verify(key, statement, signature)


def public_keys() -> dict[str, bytes]:
    """Return the raw public keys that this service signs reconciliations with, by id."""
    public = signing.public_key(LABEL)
    return {signing.key_id(public): public}

"""Data keys: each secret bank has one of its own, which the master key outside the database wraps."""

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from examsvc.core.sealing import SealBroken, Sealer, sealer

PURPOSE = "bank.key"
KEY_BYTES, NONCE_BYTES = 32, 12

_former: list[Sealer] = []


def also_trust(former: Sealer) -> None:
    """Open what a former master key wrapped as well, for as long as the process runs; nothing new is wrapped by it."""
    _former.append(former)


def distrust_former() -> None:
    """Open only what the master key wrapped."""
    _former.clear()


def new_wrapped() -> str:
    """Return a fresh data key, wrapped, in base64."""
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return base64.b64encode(sealer().seal(PURPOSE, key)).decode()


def seal(wrapped: str, what: str, data: bytes) -> str:
    """Return the data encrypted (AES-256-GCM) under the wrapped key and bound to what it is, in base64."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(_opened(wrapped)).encrypt(nonce, data, what.encode())).decode()


def unseal(wrapped: str, what: str, sealed: str) -> bytes:
    """Return what `seal` was given; raises SealBroken."""
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(_opened(wrapped)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], what.encode())
    except InvalidTag as error:
        raise SealBroken(what) from error


def _opened(wrapped: str) -> bytes:
    for trusted in (sealer(), *_former):
        try:
            return _opened_by(trusted, wrapped)
        except SealBroken:
            continue
    raise SealBroken(PURPOSE)


@lru_cache(maxsize=256)
def _opened_by(trusted: Sealer, wrapped: str) -> bytes:
    return base64.b64decode(trusted.unseal(PURPOSE, base64.b64decode(wrapped)))

"""Sealing: encryption at rest, blind indexes and derived keys, all from one master key outside the database."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed bytes were altered, or belong to another key or purpose."""


class Sealer:
    """Keys for many purposes, derived from one master key (HKDF-SHA256, the purpose as `info`)."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != MASTER_KEY_BYTES:
            raise ValueError(f"the master key has {MASTER_KEY_BYTES} bytes")
        self._master_key = master_key
        self._derived: dict[str, bytes] = {}

    def key(self, purpose: str) -> bytes:
        """Return the 32-byte key of the purpose."""
        if purpose not in self._derived:
            hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
            self._derived[purpose] = hkdf.derive(self._master_key)
        return self._derived[purpose]

    def key_for(self, purpose: str, context: bytes) -> bytes:
        """Return the 32-byte key of one thing of many under the purpose; it is kept nowhere."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=context).derive(self.key(purpose))

    def seal(self, purpose: str, text: str) -> bytes:
        """Return `text` encrypted (AES-256-GCM, fresh nonce in front, bound to the purpose)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key(purpose)).encrypt(nonce, text.encode(), purpose.encode())

    def unseal(self, purpose: str, sealed: bytes) -> str:
        """Return the text that `seal` was given; raises SealBroken."""
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return AESGCM(self.key(purpose)).decrypt(nonce, body, purpose.encode()).decode()
        except InvalidTag as error:
            raise SealBroken(purpose) from error

    def blind_index(self, purpose: str, text: str) -> str:
        """Return a keyed digest by which equal texts can be found without being readable."""
        return self.mac(f"{purpose}.index", text.encode())

    def mac(self, purpose: str, message: bytes) -> str:
        """Return the HMAC-SHA256 of the message under the purpose's key, in hexadecimal."""
        return hmac.new(self.key(purpose), message, hashlib.sha256).hexdigest()


_sealer: Sealer | None = None


def use_master_key(master_key: bytes) -> None:
    """Set the process's master key; called once by the composition root."""
    global _sealer  # noqa: PLW0603 (a process has one master key)
    _sealer = Sealer(master_key)


def sealer() -> Sealer:
    """Return the process's sealer; raises RuntimeError before the master key is set."""
    if _sealer is None:
        raise RuntimeError("no master key has been set")
    return _sealer

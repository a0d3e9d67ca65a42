"""Signatures of the service: Ed25519 key pairs, each derived from the master key by its label, none of them stored."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from examsvc.core import sealing

KEY_ID_CHARACTERS = 16


def sign(label: str, message: bytes) -> bytes:
    """Return the label's signature of the message, 64 bytes; the same message gives the same bytes (RFC 8032)."""
    return _pair(_seed(label)).private.sign(message)


def public_key(label: str) -> bytes:
    """Return the label's raw public key, 32 bytes."""
    return _pair(_seed(label)).public


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the signature of the message was made with the key pair of the raw public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: not 32 bytes
        return False
    return True


def key_id(public: bytes) -> str:
    """Return the name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:KEY_ID_CHARACTERS]


def _seed(label: str) -> bytes:
    return sealing.sealer().key(f"signing.{label}")


@dataclass(frozen=True)
class _Pair:
    private: Ed25519PrivateKey
    public: bytes


@lru_cache(maxsize=16)
def _pair(seed: bytes) -> _Pair:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return _Pair(private, private.public_key().public_bytes_raw())

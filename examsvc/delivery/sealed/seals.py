"""How a paper is sealed: what its key is made of, what it is bound to, what its files are called. Pure.

A key seals one text of one sitting for one start. It is derived again whenever it is wanted and stored nowhere; a moved
start makes another one, so that neither a paper fetched before nor a key released before is of use after it. The nonce
follows from key and text: the same text gives the same bytes in every process, and two texts never share a nonce.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from examsvc.core import canonical

VERSION: Final = 1
NONCE_BYTES: Final = 12
OPENS_BEFORE_START: Final = timedelta(minutes=30)
"""From then on sealed papers are given out: long enough for a slow line, short enough to lie around."""


@dataclass(frozen=True)
class Keys:
    """32 bytes each: the sitting's own, and the one that all files of the exam session share."""

    paper: bytes
    media: bytes


def opens_at(starts_at: datetime) -> datetime:
    """Return from when sealed papers are given out."""
    return starts_at - OPENS_BEFORE_START


def paper_digest(paper_id: UUID, arrangement_digest: str) -> str:
    """Return the digest that names a paper in one candidate's order; it tells nothing of what is in it."""
    return canonical.digest({"paper_id": paper_id, "arrangement": arrangement_digest})


def paper_context(sitting_id: UUID, digest: str, starts_at: datetime) -> bytes:
    """Return what the key of a paper is derived for."""
    return canonical.encode({"sitting_id": sitting_id, "paper_digest": digest, "starts_at": starts_at, "v": VERSION})


def media_context(exam_session_id: UUID, starts_at: datetime) -> bytes:
    """Return what the key of an exam session's files is derived for."""
    return canonical.encode({"exam_session_id": exam_session_id, "starts_at": starts_at, "v": VERSION})


def seal_of(context: bytes) -> str:
    """Return the name of a seal: it differs when the paper, its order or the start does."""
    return hashlib.sha256(context).hexdigest()[:32]


def paper_bound_to(sitting_id: UUID, digest: str) -> bytes:
    """Return the additional data of a sealed paper."""
    return canonical.encode({"sitting_id": sitting_id, "paper_digest": digest, "v": VERSION})


def medium_bound_to(name: str) -> bytes:
    """Return the additional data of a sealed file."""
    return canonical.encode({"medium": name, "v": VERSION})


def medium_name(media_key: bytes, digest: str) -> str:
    """Return what a file is called while it is sealed: only who has the key knows which file that is."""
    return hmac.new(media_key, b"name:" + digest.encode(), hashlib.sha256).hexdigest()


def sealed(key: bytes, text: bytes, bound_to: bytes) -> bytes:
    """Return the nonce and the text encrypted (AES-256-GCM), bound to the additional data."""
    nonce = hmac.new(key, b"nonce:" + bound_to + b"\0" + text, hashlib.sha256).digest()[:NONCE_BYTES]
    return nonce + AESGCM(key).encrypt(nonce, text, bound_to)


def unsealed(key: bytes, body: bytes, bound_to: bytes) -> bytes:
    """Return the text that `sealed` was given; raises cryptography's InvalidTag when anything of it differs."""
    return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], bound_to)

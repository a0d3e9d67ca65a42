"""A candidate in the waiting room: fetches the sealed paper, tries keys on it."""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sitters import Sitter
from werkzeug.test import TestResponse


class Waiter:
    """What a page does by WebCrypto, written down once more without a line of the service's."""

    def __init__(self, sitter: Sitter) -> None:
        self.sitter = sitter

    def get(self, way: str, **options: Any) -> TestResponse:
        return self.sitter.get(f"{self.sitter.path}/{way}", **options)

    def preload(self) -> dict[str, Any]:
        answer = self.get("preload")
        assert answer.status_code == 200, answer.json
        found: dict[str, Any] = answer.json
        return found

    def sealed(self) -> bytes:
        answer = self.get("sealed-paper")
        assert answer.status_code == 200, answer.json
        digest = base64.b64encode(hashlib.sha256(answer.data).digest()).decode()
        assert answer.headers["Content-Digest"] == f"sha-256=:{digest}:"
        return bytes(answer.data)

    def open(self, body: bytes, key: str, digest: str) -> dict[str, Any]:
        """Return the paper; raises InvalidTag with a wrong key or changed bytes."""
        sitting_id = self.sitter.path.rpartition("/")[2]
        bound_to = f'{{"paper_digest":"{digest}","sitting_id":"{sitting_id}","v":1}}'
        paper: dict[str, Any] = json.loads(AESGCM(raw(key)).decrypt(body[:12], body[12:], bound_to.encode()))
        return paper


def raw(key: str) -> bytes:
    """Return the bytes of a key as it is sent."""
    return base64.urlsafe_b64decode(key + "=")

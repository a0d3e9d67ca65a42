"""A candidate's page without a network: writes lines that nobody gets, and makes a rescue file of them."""

import base64
import json
import secrets
from typing import Any

from callers import Caller
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sitters import Sitter
from uploads import uploads
from werkzeug.test import TestResponse

from examsvc.delivery.rescue.files import BOUND
from examsvc.delivery.rescue.keys import CURVE, INFO


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def line(sitter: Sitter, item_ref: str, answer: Any, **changes: Any) -> dict[str, Any]:
    """Write a line of the journal and send it nowhere."""
    return {"epoch": sitter.epoch, **sitter.entry(item_ref, answer), **changes}


def rescue_file(sitter: Sitter, *lines: dict[str, Any], hand_in_at: str | None = None, **header: Any) -> bytes:
    """Make the file as the candidate's page does."""
    view = sitter.view()
    head = {
        "format": "examsvc-rescue",
        "version": 1,
        "sitting_id": view["sitting_id"],
        "exam_session_code": view["exam_session"]["code"],
        "ticket_number": view["ticket_number"],
        "epoch": sitter.epoch,
        "made_at": sitter.clock().isoformat(),
        "receipt": None,
        **header,
    }
    content = json.dumps({"lines": lines, "hand_in_at": hand_in_at}).encode()
    return json.dumps(_sealed(head, view["rescue_key"], content)).encode()


def _sealed(head: dict[str, Any], rescue_key: str, content: bytes) -> dict[str, Any]:
    point = base64.urlsafe_b64decode(rescue_key + "=")
    own = ec.generate_private_key(CURVE)
    ephemeral = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    key = HKDF(algorithm=SHA256(), length=32, salt=ephemeral, info=INFO).derive(shared)
    nonce = secrets.token_bytes(12)
    head |= {"ephemeral": text(ephemeral), "nonce": text(nonce)}
    aad = "\n".join("" if head[name] is None else str(head[name]) for name in BOUND).encode()
    return {**head, "ciphertext": text(AESGCM(key).encrypt(nonce, content, aad))}


class Desk:
    """The office in front of one candidate's late answers."""

    def __init__(self, caller: Caller, sitter: Sitter) -> None:
        self.caller, enrolment = caller.log_in("office"), sitter.enrolment
        self.path = f"/api/exam-sessions/{enrolment.exam_session_id}/enrolments/{enrolment.id}"

    def look(self) -> dict[str, Any]:
        return _well(self.caller.get(f"{self.path}/late-answers"))

    def decide(self, **order: Any) -> TestResponse:
        return self.caller.post(f"{self.path}/late-answers", {"reason": "断网", **order})

    def preview(self, file: bytes) -> TestResponse:
        return self.caller.post(f"{self.path}/rescue-file/preview", **uploads({"rescue": file}, "rescue.json"))

    def take(self, file: bytes, **order: Any) -> TestResponse:
        form = uploads({"rescue": file}, "rescue.json", reason="断网", **order)
        return self.caller.post(f"{self.path}/rescue-file", **form)


def _well(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.json
    body: dict[str, Any] = answer.json
    return body

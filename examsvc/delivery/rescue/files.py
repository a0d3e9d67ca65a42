"""Reading a rescue file: a header in clear, and the journal encrypted to the exam session's key.

The header is bound to the ciphertext, so that a file cannot be given another candidate's name.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from examsvc.delivery.models import Enrolment
from examsvc.delivery.rescue import keys
from examsvc.delivery.rescue.errors import NotRescueFile, RescueBroken, RescueOfAnother
from examsvc.delivery.rescue.schemas import RescueContent, RescueHeader
from examsvc.delivery.rescue.weighing import Line

BOUND = (
    "format", "version", "sitting_id", "exam_session_code", "ticket_number", "epoch", "made_at", "receipt",
    "ephemeral", "nonce",
)  # fmt: skip
"""The fields of the header in the order in which they are bound, joined by line feeds; null is empty."""


@dataclass(frozen=True)
class RescueFile:
    """What a rescue file holds. `receipt` is the last one that its page had, None without one."""

    made_at: datetime
    receipt: str | None
    lines: list[Line]
    hand_in_at: datetime | None


def read(data: bytes, enrolment: Enrolment) -> RescueFile:
    """Return what the candidate's rescue file holds; raises NotRescueFile, RescueOfAnother, RescueBroken."""
    raw = _json(data)
    header = _loaded(RescueHeader(), raw)
    if header["sitting_id"] != enrolment.sitting.id:
        raise RescueOfAnother(ticket_number=header["ticket_number"])
    aad = "\n".join("" if raw[name] is None else str(raw[name]) for name in BOUND).encode()
    ephemeral, nonce, sealed = (_bytes(header[name]) for name in ("ephemeral", "nonce", "ciphertext"))
    try:
        content = _loaded(
            RescueContent(), _json(keys.decrypt(enrolment.exam_session_id, ephemeral, nonce, sealed, aad))
        )
    except NotRescueFile as error:
        raise RescueBroken from error
    return RescueFile(header["made_at"], header["receipt"], content["lines"], content["hand_in_at"])


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotRescueFile from error


def _loaded(schema: RescueHeader | RescueContent, raw: Any) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(raw)
    except ValidationError as error:
        raise NotRescueFile from error
    return loaded


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise NotRescueFile from error

"""Reading a rescue file: a header in clear, and the journal encrypted to the exam session's key.

The header is bound to the ciphertext, so that a file cannot be given another candidate's name.
"""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError

from examsvc.delivery.receipts import signed
from examsvc.delivery.receipts.tokens import Receipt
from examsvc.delivery.reconciling.errors import ReceiptOfAnother
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
    """What a rescue file holds. `receipt` is the last that its page had, or None; what it confirms is left out."""

    made_at: datetime
    receipt: Receipt | None
    lines: list[Line]
    hand_in_at: datetime | None


_one_at_a_time = threading.BoundedSemaphore(1)  # the largest takes a processor for seconds, and half a gigabyte
_run: Callable[[Callable[[], RescueFile]], RescueFile] = lambda call: call()  # noqa: E731 (a replaceable runner, not a function of this module)


def read_by(run: Callable[[Callable[[], RescueFile]], RescueFile]) -> None:
    """Have files read through `run`, where that holds up nobody else; called by the composition root."""
    global _run  # noqa: PLW0603 (a process has one way)
    _run = run


def read(data: bytes, exam_session_id: UUID, sitting_id: UUID) -> RescueFile:
    """Return what the rescue file of a sitting holds; raises NotRescueFile, RescueOfAnother, RescueBroken.

    Its receipt must be ours and of the sitting: raises ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken,
    ReceiptOfAnother. It takes seconds where the file is large: no transaction waits for it.
    """
    with _one_at_a_time:
        return _run(lambda: _read(data, exam_session_id, sitting_id))


def _read(data: bytes, exam_session_id: UUID, sitting_id: UUID) -> RescueFile:
    raw = _json(data)
    header = _loaded(RescueHeader(), raw)
    if header["sitting_id"] != sitting_id:
        raise RescueOfAnother(ticket_number=header["ticket_number"])
    aad = "\n".join("" if raw[name] is None else str(raw[name]) for name in BOUND).encode()
    ephemeral, nonce, sealed = (_bytes(header[name]) for name in ("ephemeral", "nonce", "ciphertext"))
    try:
        content = _loaded(RescueContent(), _json(keys.decrypt(exam_session_id, ephemeral, nonce, sealed, aad)))
    except NotRescueFile as error:
        raise RescueBroken from error
    lines: list[Line] = content["lines"]
    for line in lines:
        _ = line.digest  # reckoned here and kept with the line: whoever weighs it holds the sitting
    return RescueFile(header["made_at"], _receipt(header["receipt"], sitting_id), lines, content["hand_in_at"])


def _receipt(token: str | None, sitting_id: UUID) -> Receipt | None:
    if token is None:
        return None
    receipt = signed.verified(token)
    if receipt.sitting_id != sitting_id:
        raise ReceiptOfAnother
    return receipt


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

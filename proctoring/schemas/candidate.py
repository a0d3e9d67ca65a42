"""What a candidate's page sends and receives; sockets and HTTP share the schemas."""

import json
from typing import Any

from marshmallow import ValidationError, fields, validate

from examsvc.core.web.schemas import Base, Instant, Key, Text
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.schemas.sittings import GivenDisplay
from examsvc.delivery.states import SittingState
from examsvc.delivery.timing import Phase
from proctoring.states import CommandKind, EventKind

MOST_EVENTS = 50
MOST_DETAIL_BYTES = 1_000
MOST_SEQ = 2**31 - 1
MOST_TOKEN = 200
CLIENT_KINDS = [str(kind) for kind in EventKind if kind.is_clients]


def _check_detail(detail: dict[str, Any]) -> None:
    if any(isinstance(value, (dict, list)) for value in detail.values()):
        raise ValidationError("holds more than plain values")
    try:
        text = json.dumps(detail, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:  # half a surrogate pair, or NaN
        raise ValidationError("cannot be stored") from error
    if len(text) > MOST_DETAIL_BYTES or b"\\u0000" in text:
        raise ValidationError("is too long or cannot be stored")


class EventInput(Base):
    """What the candidate's page noticed. `detail` holds plain values only, never what was typed or copied."""

    kind = fields.String(required=True, validate=validate.OneOf(CLIENT_KINDS))
    client_at = Instant(load_default=None, allow_none=True)
    detail = fields.Dict(keys=fields.String(), load_default=dict, validate=_check_detail)


class EventsInput(Base):
    events = fields.List(fields.Nested(EventInput), required=True, validate=validate.Length(min=1, max=MOST_EVENTS))


class FrameMeta(Base):
    """What travels with a frame over the socket."""

    seq = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=MOST_SEQ))
    taken_at = Instant(required=True)


class FrameHeaders(Base):
    """What travels with a frame over HTTP."""

    seq = fields.Integer(required=True, data_key="X-Frame-Seq", validate=validate.Range(min=0, max=MOST_SEQ))
    taken_at = Instant(required=True, data_key="X-Frame-Taken-At")


class FrameReceipt(Base):
    """After how many milliseconds the next frame is wanted; how busy the service is, 0 to 10."""

    next_ms = fields.Integer(required=True)
    health = fields.Integer(required=True)


class CandidateAuth(Base):
    """What a page connects with: its login's cookie alone does not let it in."""

    sitting_id = fields.UUID(required=True)
    csrf_token = Text(most=MOST_TOKEN, least=0, load_default="")


class CommandRef(Base):
    id = fields.UUID(required=True)


class CommandsQuery(Base):
    after = Instant(load_default=None)


class ShownOutage(Base):
    """What a credit stands for."""

    cause = fields.Enum(Cause, required=True)
    from_at = Instant(required=True)
    to_at = Instant(required=True)


class ShownCommand(Base):
    """A command as the candidate's page receives it, with how the sitting stood and what it was given at `server_now`.

    `closes_at` is None while no clock runs.
    """

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(CommandKind)))
    text = fields.String(required=True)
    seconds = fields.Integer(required=True)
    at = Instant(required=True)
    outage = fields.Nested(ShownOutage, required=True, allow_none=True)
    state = fields.Enum(SittingState, required=True)
    phase = fields.Enum(Phase, required=True)
    starts_at = Instant(required=True)
    closes_at = Instant(required=True, allow_none=True)
    extra_seconds = fields.Integer(required=True)
    break_seconds_left = fields.Integer(required=True)
    display = fields.Nested(GivenDisplay, required=True)
    server_now = Instant(required=True)


class ShownCommands(Base):
    items = fields.List(fields.Nested(ShownCommand), required=True)
    server_now = Instant(required=True)


class Start(Base):
    """What a waiting page is told when the common start has come: what opens its sealed paper.

    It claims the sitting at a moment of its own choice, `claim_after_ms` from now and within `claim_within_ms` more:
    when all are told, and not all at once. Until then it keeps the answers in its journal.
    """

    paper_key = Key(required=True, attribute="keys.paper")
    media_key = Key(required=True, attribute="keys.media")
    claim_after_ms = fields.Integer(required=True)
    claim_within_ms = fields.Integer(required=True)
    server_now = Instant(required=True)

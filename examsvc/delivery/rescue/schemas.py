"""What rescue files hold, what candidates send late, and what the office sees of both."""

from typing import Any, Final

from flask_smorest.fields import Upload
from marshmallow import ValidationError, fields, post_load, validate

from examsvc.core import canonical
from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.receipts.checking import Standing
from examsvc.delivery.rescue.keeping import MOST_LINES, LateHandIn
from examsvc.delivery.rescue.states import Moment, Place
from examsvc.delivery.rescue.weighing import Line
from examsvc.delivery.saving.reading import MOST_ENTRIES
from examsvc.delivery.schemas.parts import GivenInstant, seq_field
from examsvc.delivery.schemas.responses import ANSWER_FORMS
from examsvc.delivery.states import FinishReason, SittingState

FORMAT: Final = "examsvc-rescue"
MOST_FILE_BYTES: Final = 64 * 1024 * 1024
"""Two hours of typing without a network: each line holds its whole answer, and base64 makes it a third longer."""


def check_storable(answer: Any) -> None:
    """Raise ValidationError for what has no canonical form or no database keeps: it stays evidence even if refused."""
    try:
        text = canonical.encode(answer).decode()
    except (ValueError, RecursionError) as error:
        raise ValidationError("is no answer") from error
    if r"\u0000" in text:
        raise ValidationError("holds characters that cannot be stored")


class LateLine(Base):
    """A line of a journal; `answer` has one of the forms of a response."""

    epoch = seq_field(least=0)
    seq = seq_field()
    item_ref = Text(most=8, required=True)
    answer = fields.Raw(required=True, allow_none=True, validate=check_storable, metadata={"description": ANSWER_FORMS})
    flagged = fields.Boolean(required=True)
    client_at = GivenInstant(required=True)

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> Line:
        return Line(**data)


class LateInput(Base):
    """`hand_in_at`: when the candidate handed in without a network, by the page's clock.

    `epoch` and `last_seq` say which responses it handed in, all of them stored.
    """

    lines = fields.List(fields.Nested(LateLine), required=True, validate=validate.Length(max=MOST_ENTRIES))
    hand_in_at = GivenInstant(load_default=None, allow_none=True)
    epoch = seq_field(least=0, required=False)
    last_seq = seq_field(least=0, required=False)

    @post_load
    def _as_order(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        made_at, epoch, last_seq = data["hand_in_at"], data.get("epoch"), data.get("last_seq")
        return {"lines": data["lines"], "hand_in": LateHandIn(made_at, epoch, last_seq) if made_at else None}


class LateKept(Base):
    kept = fields.Integer(required=True)


class RescueHeader(Base):
    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    version = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    sitting_id = fields.UUID(required=True)
    exam_session_code = fields.String(required=True, validate=validate.Length(max=40))
    ticket_number = fields.String(required=True, validate=validate.Length(max=24))
    epoch = seq_field(least=0)
    made_at = GivenInstant(required=True)
    receipt = fields.String(required=True, allow_none=True, validate=validate.Length(max=4_000))
    ephemeral = fields.String(required=True, validate=validate.Length(max=100))
    nonce = fields.String(required=True, validate=validate.Length(equal=16))
    ciphertext = fields.String(required=True)


class RescueContent(Base):
    lines = fields.List(fields.Nested(LateLine), required=True, validate=validate.Length(max=MOST_LINES))
    hand_in_at = GivenInstant(required=True, allow_none=True)


class WeighedLine(Base):
    epoch = fields.Integer(required=True, attribute="line.epoch")
    seq = fields.Integer(required=True, attribute="line.seq")
    item_ref = fields.String(required=True, attribute="line.item_ref")
    client_at = Instant(required=True, attribute="line.client_at")
    place = fields.Enum(Place, required=True)
    moment = fields.Enum(Moment, required=True)
    takeable = fields.Boolean(required=True)


class RescueReceipt(Base):
    """The last receipt in a rescue file, and whether what it confirms is stored."""

    epoch = fields.Integer(required=True, attribute="receipt.epoch")
    seq = fields.Integer(required=True, attribute="receipt.seq")
    at = Instant(required=True, attribute="receipt.at")
    standing = fields.Enum(Standing, required=True)


class WeighingView(Base):
    """The late lines of a sitting, and the policy by which they are weighed.

    `hand_ins`: when the candidate handed in without a network, by the page's clock alone; `awaited`: how many lines
    have to be decided about before the result is. `receipt` is None unless a file with one was looked at.
    """

    name = fields.String(required=True, attribute="sitting.enrolment.candidate.name")
    ticket_number = fields.String(required=True, attribute="sitting.enrolment.ticket_number")
    state = fields.Enum(SittingState, required=True, attribute="sitting.state")
    finish_reason = fields.Enum(FinishReason, required=True, allow_none=True, attribute="sitting.finish_reason")
    ends_at = Instant(required=True, attribute="bounds.ends_at")
    arrives_until = Instant(required=True, attribute="bounds.arrives_until")
    accept_offline = fields.Boolean(required=True, attribute="bounds.believes_clock")
    lines = fields.List(fields.Nested(WeighedLine), required=True)
    hand_ins = fields.List(Instant(), required=True)
    takeable = fields.Integer(required=True)
    takeable_with_superseded = fields.Integer(required=True)
    awaited = fields.Integer(required=True, attribute="awaited_count")
    receipt = fields.Nested(RescueReceipt, required=True, allow_none=True)


class RescueUpload(Base):
    rescue = Upload(required=True)


class LeaveInput(Base):
    reason = Text(most=400, required=True)


class TakeOverInput(Base):
    """`with_superseded`: also what later work on another page or machine stands in place of."""

    reason = Text(most=400, required=True)
    with_superseded = fields.Boolean(load_default=False)

"""Answering: the claim, responses and their receipts, the hand-in. Nothing here has a place for keys of questions."""

from typing import Any

from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base, Instant, Key, Text
from examsvc.delivery.saving.entries import Entry
from examsvc.delivery.saving.reading import MOST_ENTRIES
from examsvc.delivery.schemas.parts import GivenInstant, ServerNow, seq_field

ANSWER_FORMS = (
    "By the question's type: SINGLE_CHOICE {choice: id}, MULTIPLE_CHOICE {choices: [id]}, TRUE_FALSE {value}, "
    "FILL_IN {blanks: [text]}, NUMERIC {text}, INLINE_CHOICE {gaps: [id or null]}, ORDERING {order: [id]}, "
    "MATCHING {pairs: {id: id of a match}}, HOTSPOT {points: [[x, y]]}, SHORT_ANSWER and EXTENDED_ANSWER {text}, "
    "COMPOSITE {parts: {id of a part: its answer or null}}; null clears."
)
RECEIPT = "A signed receipt, `R1.<key id>.<payload>.<signature>`: canonical JSON and Ed25519, both in base64url."


class StoredAnswer(Base):
    """`epoch` and `seq` are those it is stored with; a page had written with others what the office took over."""

    item_ref = fields.String(required=True, attribute="response.item_ref")
    answer = fields.Dict(
        keys=fields.String(),
        required=True,
        allow_none=True,
        attribute="response.answer",
        metadata={"description": ANSWER_FORMS},
    )
    flagged = fields.Boolean(required=True, attribute="response.flagged")
    epoch = fields.Integer(required=True, attribute="response.epoch")
    seq = fields.Integer(required=True, attribute="response.seq")
    written_epoch = fields.Integer(required=True)
    written_seq = fields.Integer(required=True)


class ClaimInput(Base):
    """`after_epoch`: the sitting's epoch as the page knows it; 0 before the first claim.

    `unattended`: the page makes it by itself, after its own epoch, and means to take the sitting from no other page.
    """

    after_epoch = seq_field(least=0)
    unattended = fields.Boolean(load_default=False)


class ClaimView(Base):
    """The right to answer. The keys open the sealed paper; there are none while the sitting is paused."""

    epoch = fields.Integer(required=True, attribute="sitting.epoch")
    server_now = ServerNow(required=True, dump_only=True)
    closes_at = Instant(required=True, allow_none=True, attribute="sitting.closes_at")
    chain_head = fields.String(required=True, attribute="sitting.chain_head")
    answers = fields.List(fields.Nested(StoredAnswer), required=True)
    paper_key = Key(required=True, allow_none=True, attribute="keys.paper", dump_default=None)
    media_key = Key(required=True, allow_none=True, attribute="keys.media", dump_default=None)


class ResponseEntry(Base):
    seq = seq_field()
    item_ref = Text(most=8, required=True)
    answer = fields.Raw(required=True, allow_none=True, metadata={"description": ANSWER_FORMS})
    flagged = fields.Boolean(required=True)
    client_at = GivenInstant(required=True)

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> Entry:
        return Entry(**data)


class ResponseBatch(Base):
    epoch = seq_field()
    entries = fields.List(
        fields.Nested(ResponseEntry), required=True, validate=validate.Length(min=1, max=MOST_ENTRIES)
    )


class ResponseReceipt(Base):
    """The server's word: every response of the epoch up to `acknowledged_seq` is stored."""

    epoch = fields.Integer(required=True)
    acknowledged_seq = fields.Integer(required=True)
    server_now = ServerNow(required=True, dump_only=True)
    closes_at = Instant(required=True, allow_none=True)
    chain_head = fields.String(required=True)
    answered_count = fields.Integer(required=True)
    receipt = fields.String(required=True, metadata={"description": RECEIPT})


class HandInInput(Base):
    """`made_at`: when the candidate did it, by the page's clock; it counts only as far as it is believed."""

    epoch = seq_field()
    last_seq = seq_field(least=0)
    made_at = GivenInstant(load_default=None, allow_none=True)

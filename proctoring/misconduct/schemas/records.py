"""What is put on record, and what is said and signed about it."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.core.web.signatures import Digest, SignatureInput
from examsvc.delivery.voiding import Subject
from proctoring.misconduct.classes import MisconductClass
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.recording import Facts
from proctoring.misconduct.states import EvidenceKind

MOST_PIECES = 50


class EvidenceInput(Base):
    kind = fields.Enum(EvidenceKind, by_value=True, required=True)
    id = fields.UUID(required=True)

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> EvidenceRef:
        return EvidenceRef(**data)


class FactsInput(Base):
    """`subject` is the subject that was sat; null when it was none, or all."""

    kind = fields.Enum(MisconductClass, by_value=True, required=True)
    subject = fields.Enum(Subject, by_value=True, load_default=None, allow_none=True)
    facts = Text(most=4000, required=True)
    place = Text(most=120, required=True)
    happened_at = Instant(required=True)
    evidence = fields.List(fields.Nested(EvidenceInput), load_default=list, validate=validate.Length(max=MOST_PIECES))

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"refs": data.pop("evidence"), "facts": Facts(**data)}


class RecordInput(FactsInput):
    """`id` is made by the page: sent again, the record is not opened again."""

    id = fields.UUID(required=True)

    @post_load
    def _as_value(self, data: dict[str, Any], **named: Any) -> dict[str, Any]:
        record_id = data.pop("id")
        return {"record_id": record_id, **super()._as_value(data, **named)}


class EvidenceUpload(Base):
    file = Upload(required=True)


class TellingInput(Base):
    """`statement` is empty when the candidate was asked and said nothing."""

    statement = Text(least=0, most=4000, required=True)
    digest = Digest()


class StatementInput(Base):
    statement = Text(most=4000, required=True)


class WitnessInput(SignatureInput):
    note = Text(least=0, most=400, load_default="")


class RecordQuery(Base):
    """`to_witness`: only what waits for witnesses in other exam sessions at the caller's site, that day."""

    exam_session_id = fields.UUID(load_default=None)
    to_witness = fields.Boolean(load_default=False)

"""What is ruled, how it was served, why it is revoked."""

from typing import Any

from marshmallow import fields, post_load

from examsvc.core.web.schemas import Base, Text
from examsvc.core.web.signatures import Digest
from examsvc.delivery.voiding import Subject
from proctoring.misconduct.classes import Consequence
from proctoring.misconduct.ruling import Verdict
from proctoring.misconduct.states import Service


class RulingInput(Base):
    consequence = fields.Enum(Consequence, by_value=True, required=True)
    subject = fields.Enum(Subject, by_value=True, load_default=None, allow_none=True)
    grounds = Text(most=4000, required=True)
    hearing = Text(least=0, most=4000, load_default="")
    remedy = Text(least=0, most=2000, load_default="")
    digest = Digest()

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"digest": data.pop("digest"), "verdict": Verdict(**data)}


class ServiceInput(Base):
    service = fields.Enum(Service, by_value=True, required=True)
    served_on = fields.Date(required=True)


class RevocationInput(Base):
    reason = Text(most=2000, required=True)

"""The time ledger as a wall shows it, and a chief proctor's decision."""

from typing import Any

from marshmallow import fields, post_load

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.ledger.deciding import Verdict
from examsvc.delivery.ledger.schemas import OutageView


class WallLedger(Base):
    """`may_decide`: the caller is a chief proctor of the exam session."""

    items = fields.List(fields.Nested(OutageView), required=True)
    may_decide = fields.Boolean(required=True)


class VerdictInput(Base):
    """The reason is told to every candidate."""

    approved = fields.Boolean(required=True)
    reason = Text(most=400, required=True)

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> Verdict:
        return Verdict(**data)


class NetworkOutageInput(Base):
    """When the centre's network failed; what each lost is what the server saw of them."""

    from_at = Instant(required=True)
    to_at = Instant(required=True)
    reason = Text(most=400, required=True)

"""Fields that delivery's schemas share."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import fields, validate

from examsvc.core import clock
from examsvc.core.web.schemas import Base, Instant
from examsvc.delivery.saving.reading import MOST_SEQ


class GivenInstant(Instant):
    """An instant from outside, in this century: others overflow when they are reckoned with."""

    def __init__(self, **options: Any) -> None:
        first, last = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
        super().__init__(validate=validate.Range(min=first, max=last), **options)


class SeatRoom(Base):
    """The room of a seat, by its number in the exam session; None where a session uses no rooms."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)


class ServerNow(Instant):
    """The server's clock at the moment the answer is written, so that a client can set its own by it."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **options: Any) -> Any:
        return super()._serialize(value or clock.now(), attr, obj, **options)


def seq_field(*, least: int = 1, required: bool = True) -> fields.Integer:
    """Return a field for an epoch, or for the number of a response within one; both count from 1.

    Epoch 0 is what a page wrote before its claim; no response is stored with it.
    """
    return fields.Integer(required=required, strict=True, validate=validate.Range(min=least, max=MOST_SEQ))

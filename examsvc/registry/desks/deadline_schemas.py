"""Deadlines as seen from outside."""

from datetime import date

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant
from examsvc.registry.cases.states import CaseState
from examsvc.registry.desks.deadlines import DeadlineKind
from examsvc.registry.windows import WindowKind

WITHIN_REASON = validate.Range(date(2000, 1, 1), date(2200, 1, 1))


class DeadlineQuery(Base):
    """Dates in Shanghai, both inclusive; `own` leaves out what waits for others."""

    first_on = fields.Date(required=True, data_key="from", validate=WITHIN_REASON)
    last_on = fields.Date(required=True, data_key="to", validate=WITHIN_REASON)
    own = fields.Boolean(load_default=False)


class Deadline(Base):
    """A case's deadline, or an end of a window of the notice."""

    at = Instant(required=True)
    kind = fields.Enum(DeadlineKind, required=True)
    window = fields.Enum(WindowKind, required=True, allow_none=True)
    case_id = fields.UUID(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True)
    scheme_name = fields.String(required=True, allow_none=True)
    state = fields.Enum(CaseState, required=True, allow_none=True)


class DeadlineList(Base):
    items = fields.List(fields.Nested(Deadline), required=True)
    server_now = Instant(required=True)


class CalendarAddress(Base):
    """The address is told once; whoever knows it reads the deadlines."""

    url = fields.String(required=True)

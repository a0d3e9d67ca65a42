"""Incidents, the timeline of a sitting, and who watches an exam session."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from proctoring.states import IncidentState

MOST_PROCTORS = 200


class IncidentInput(Base):
    category = Text(most=40, required=True)
    note = Text(most=2000, required=True)


class IncidentDecisionInput(Base):
    outcome = fields.Enum(IncidentState, by_value=True, required=True, validate=validate.NoneOf([IncidentState.OPEN]))
    note = Text(most=2000, required=True)


class IncidentView(Base):
    id = fields.UUID(required=True)
    sitting_id = fields.UUID(required=True)
    state = fields.String(required=True)
    category = fields.String(required=True)
    note = fields.String(required=True)
    opened_at = Instant(required=True)
    decided_at = Instant(required=True, allow_none=True)
    decision_note = fields.String(required=True, allow_none=True)


class Incidents(Base):
    items = fields.List(fields.Nested(IncidentView), required=True)


class TimelineEntry(Base):
    """One thing that happened: EVENT, COMMAND, INCIDENT, SNAPSHOT or CHANGE; `kind` says which of these."""

    at = Instant(required=True)
    type = fields.String(required=True, validate=validate.OneOf(["EVENT", "COMMAND", "INCIDENT", "SNAPSHOT", "CHANGE"]))
    kind = fields.String(required=True)
    id = fields.UUID(required=True)
    by = fields.String()
    client_at = Instant(allow_none=True)
    shown_at = Instant(allow_none=True)
    detail = fields.Dict(required=True)


class Timeline(Base):
    """`first_broken_snapshot` is None while the chain of the kept snapshots holds."""

    items = fields.List(fields.Nested(TimelineEntry), required=True)
    first_broken_snapshot = fields.Integer(required=True, allow_none=True)


class ProctorsInput(Base):
    """`chief_ids` are chiefs among them; null leaves it as it is, and makes the first one chief if nobody is.

    `rooms` says by account in which of the exam session's rooms somebody serves; who is left out stays there.
    """

    account_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_PROCTORS))
    chief_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=MOST_PROCTORS)
    )
    rooms = fields.Dict(keys=fields.UUID(), values=fields.UUID(allow_none=True), load_default=dict)


class Proctor(Base):
    account_id = fields.UUID(required=True)
    name = fields.String(required=True, attribute="account.display_name")
    is_chief = fields.Boolean(required=True)
    session_room_id = fields.UUID(required=True, allow_none=True)


class Proctors(Base):
    items = fields.List(fields.Nested(Proctor), required=True)

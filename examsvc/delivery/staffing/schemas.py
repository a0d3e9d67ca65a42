"""The staffing of an exam session: what the office sends and sees."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.staffing.duties import Relationship

MOST_SUPERVISORS = 50


class SupervisorsInput(Base):
    account_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_SUPERVISORS))


class RelationInput(Base):
    """What a member of staff declared to be to somebody enrolled in the exam session."""

    account_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    kind = fields.Enum(Relationship, required=True)
    note = Text(most=200, least=0, load_default="")


class TakingBack(Base):
    """The reason goes on record."""

    reason = Text(most=200, required=True)


class StaffedRoom(Base):
    """`needed` proctors by the number of its candidates, `present` so far."""

    session_room_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    candidates = fields.Integer(required=True)
    needed = fields.Integer(required=True)
    present = fields.Integer(required=True)


class Supervisor(Base):
    account_id = fields.UUID(required=True, attribute="id")
    name = fields.String(required=True, attribute="display_name")


class DeclaredRelationView(Base):
    id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    staff = fields.String(required=True, attribute="account.display_name")
    candidate = fields.String(required=True, attribute="candidate.name")
    kind = fields.Enum(Relationship, required=True)
    note = fields.String(required=True)
    declared_at = Instant(required=True)


class StaffingView(Base):
    """`faults` are the refusals that publishing would meet, each with its code and what the code's words name."""

    rooms = fields.List(fields.Nested(StaffedRoom), required=True)
    supervisors = fields.List(fields.Nested(Supervisor), required=True)
    relations = fields.List(fields.Nested(DeclaredRelationView), required=True)
    faults = fields.List(fields.Dict(keys=fields.String()), required=True)

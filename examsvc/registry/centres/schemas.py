"""Sites and rooms as the office keeps them."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from examsvc.registry.applications.centre_schemas import CentreRoom
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.models import CentreState

MOST_SEATS = 10_000
USUAL_SEATS = 30


class KeptRoom(CentreRoom):
    is_open = fields.Function(lambda room: room.removed_at is None, required=True)


class KeptCentre(Base):
    id = fields.UUID(required=True)
    organisation_id = fields.UUID(required=True)
    organisation = fields.String(required=True)
    name = fields.String(required=True)
    district = fields.String(required=True)
    address = fields.String(required=True)
    state = fields.Enum(CentreState, by_value=True, required=True)
    rooms = fields.List(fields.Nested(KeptRoom), required=True)


class OrganisationChoice(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class KeptCentres(Base):
    """Sites with their rooms, closed ones too, and the organisations that a site may be entered for."""

    items = fields.List(fields.Nested(KeptCentre), required=True)
    organisations = fields.List(fields.Nested(OrganisationChoice), required=True)


class NewCentre(Base):
    organisation_id = fields.UUID(required=True)
    name = Text(most=120, required=True)
    district = Text(most=40, required=True)
    address = Text(most=200, required=True)


class RoomFacts(Base):
    name = Text(most=80, required=True)
    kind = fields.Enum(RoomKind, by_value=True, required=True)
    seats = fields.Integer(strict=True, load_default=USUAL_SEATS, validate=validate.Range(min=1, max=MOST_SEATS))
    has_video = fields.Boolean(required=True)
    equipment = Text(most=2000, least=0, load_default="")

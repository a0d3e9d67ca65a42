"""Sites as the district bureau sees them."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant
from examsvc.registry.applications.districts import DEFAULT_LIMIT, MOST
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.models import CentreState
from examsvc.registry.applications.schemas import ApplicationVersionQuery


class CentreQuery(Base):
    state = fields.Enum(CentreState, by_value=True, load_default=None)
    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MOST))


class CentreRecommendationQuery(ApplicationVersionQuery):
    decided_on = fields.Date(required=True)


class CentreLine(Base):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    district = fields.String(required=True)
    address = fields.String(required=True)
    state = fields.Enum(CentreState, by_value=True, required=True)
    organisation_name = fields.String(required=True)
    credit_code = fields.String(required=True)
    room_count = fields.Integer(required=True)
    seat_count = fields.Integer(required=True)
    video_room_count = fields.Integer(required=True)


class CentrePage(Base):
    items = fields.List(fields.Nested(CentreLine), required=True)
    next = fields.String(required=True, allow_none=True)


class CentreRoom(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(RoomKind, by_value=True, required=True)
    seats = fields.Integer(required=True)
    has_video = fields.Boolean(required=True)
    equipment = fields.String(required=True)


class CentreWord(Base):
    """What the district said; with a document when it recommends."""

    id = fields.UUID(required=True)
    district = fields.String(required=True)
    outcome = fields.Enum(CentreState, by_value=True, required=True)
    reason = fields.String(required=True)
    decided_on = fields.Date(required=True)
    recorded_at = Instant(required=True)
    document_name = fields.String(required=True, allow_none=True)


class CentreView(CentreLine):
    rooms = fields.List(fields.Nested(CentreRoom), required=True)
    recommendations = fields.List(fields.Nested(CentreWord), required=True)

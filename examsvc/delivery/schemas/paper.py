"""A paper as its candidate sees it. Nothing here has a place for keys, explanations or how options were shuffled."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant
from questionbank.kinds import ItemType
from questionbank.schemas.shown import ShownBody


class CandidatePart(ShownBody):
    """A part of a composite; `points` in hundredths of a point, rounded: what is earned is split exactly."""

    id = fields.String(required=True)
    points = fields.Integer(required=True)


class CandidateQuestion(ShownBody):
    """`points` in hundredths of a point."""

    ref = fields.String(required=True)
    number = fields.Integer(required=True)
    points = fields.Integer(required=True)
    parts = fields.List(fields.Nested(CandidatePart), required=True, allow_none=True)


class CandidateSection(Base):
    type = fields.Enum(ItemType, required=True)
    questions = fields.List(fields.Nested(CandidateQuestion), required=True)


class CandidatePaper(Base):
    """The paper in the candidate's own order; `total_points` in hundredths of a point."""

    title = fields.String(required=True)
    total_points = fields.Integer(required=True)
    sections = fields.List(fields.Nested(CandidateSection), required=True)


class SpecimenPaper(CandidatePaper):
    """`server_now` is when it was looked at."""

    server_now = Instant(required=True)

"""The dictionary as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text

MOST_FOUND = 100


class OccupationQuery(Base):
    """`q` is the beginning of a code, or words; `level` is 1 大类 … 4 细类, 小类 unless said."""

    q = Text(most=60, least=0, load_default="")
    level = fields.Integer(load_default=3, validate=validate.Range(1, 4))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST_FOUND))


class OccupationView(Base):
    """`name` is null for a 小类 that the data leave without one; `examples` are then the occupations under it."""

    code = fields.String(required=True)
    level = fields.Integer(required=True)
    name = fields.String(required=True, allow_none=True)
    digital = fields.Boolean(required=True)
    green = fields.Boolean(required=True)
    source_notice = fields.String(required=True, allow_none=True)
    examples = fields.List(fields.String(), required=True)


class OccupationList(Base):
    items = fields.List(fields.Nested(OccupationView), required=True)


class OccupationName(Base):
    """The official name of a 小类; the source is the dictionary itself unless a notice is named."""

    name = Text(most=120, required=True)
    source_notice = Text(most=200)


class OccupationInput(Base):
    code = Text(most=10, required=True)
    name = Text(most=120, required=True)
    source_notice = Text(most=200, required=True)
    digital = fields.Boolean(load_default=False)
    green = fields.Boolean(load_default=False)

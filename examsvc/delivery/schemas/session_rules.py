"""The rules of exam sessions as every page shows them, each with its name and its source in both languages."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base
from examsvc.delivery.session_rules import FIXED_RULES, SESSION_RULES, Founded, Unit


class _Rule(Base):
    name_zh = fields.String(required=True)
    name_en = fields.String(required=True)
    founded = fields.Enum(Founded, required=True)
    source_zh = fields.String(required=True)
    source_en = fields.String(required=True)


class SessionRuleView(_Rule):
    """A setting with its default and the source of it; `practical` is the default of practical tasks if it differs.

    Without `has_default` it is decided for each exam session anew. What is `common_clock_only` does not hold with a
    personal clock.
    """

    key = fields.String(required=True, validate=validate.OneOf([rule.key for rule in SESSION_RULES]))
    default = fields.Raw(required=True, allow_none=True)
    has_default = fields.Boolean(required=True)
    common_clock_only = fields.Boolean(required=True)
    practical = fields.Raw(required=True, allow_none=True)
    has_practical = fields.Boolean(required=True)
    unit = fields.Enum(Unit, required=True)


class FixedRuleView(_Rule):
    """A rule that no setting changes, with its value in words."""

    key = fields.String(required=True, validate=validate.OneOf([rule.key for rule in FIXED_RULES]))
    value_zh = fields.String(required=True)
    value_en = fields.String(required=True)


class SessionRules(Base):
    items = fields.List(fields.Nested(SessionRuleView), required=True)
    fixed = fields.List(fields.Nested(FixedRuleView), required=True)

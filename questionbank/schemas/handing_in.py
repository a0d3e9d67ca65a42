"""Banks for a case, as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text


class NewBankInput(Base):
    version = fields.Integer(required=True, strict=True)
    name = Text(required=True, most=120)


class BankHandInInput(Base):
    version = fields.Integer(required=True, strict=True)
    bank_id = fields.UUID(required=True)


class ChoicePoint(Base):
    number = fields.Integer(required=True)
    text = fields.String(required=True)
    items = fields.Integer(required=True)


class ChoiceTask(Base):
    """Items with a released version, and practical tasks; shares and weight are percent of the total."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)
    weight = fields.Integer(required=True)
    theory_share = fields.Integer(required=True)
    practical_share = fields.Integer(required=True)
    items = fields.Integer(required=True)
    practical_tasks = fields.Integer(required=True)
    knowledge_points = fields.List(fields.Nested(ChoicePoint), required=True)


class BankGap(Base):
    work_task = fields.Integer(required=True)
    knowledge_point = fields.Integer(required=True, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(["ITEM", "PRACTICAL_TASK"]))


class BankChoice(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    coverage = fields.List(fields.Nested(ChoiceTask), required=True)
    missing = fields.List(fields.Nested(BankGap), required=True)


class BankChoiceList(Base):
    items = fields.List(fields.Nested(BankChoice), required=True)

"""Banks, coverage and practical tasks as seen from outside. Points are whole hundredths of a point."""

from marshmallow import fields

from examsvc.core.web.schemas import Base
from questionbank.kinds import CriterionKind, Difficulty, ItemType
from questionbank.schemas.words import Word


class BankKnowledgePoint(Base):
    knowledge_point_id = fields.UUID(required=True, attribute="id")
    number = fields.Integer(required=True)
    text = fields.String(required=True)


class BankWorkTask(Base):
    """A work task; weight and shares are percent of the total."""

    work_task_id = fields.UUID(required=True, attribute="id")
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    weight = fields.Integer(required=True)
    theory_share = fields.Integer(required=True)
    practical_share = fields.Integer(required=True)


class BankWorkTaskWithPoints(BankWorkTask):
    knowledge_points = fields.List(fields.Nested(BankKnowledgePoint), required=True)


class BankView(Base):
    bank_id = fields.UUID(required=True, attribute="id")
    name = fields.String(required=True)
    organisation = fields.String(required=True, attribute="organisation.name")
    is_secret = fields.Boolean(required=True)
    specification_id = fields.UUID(required=True)
    scheme = fields.String(required=True, attribute="specification.scheme.name")
    specification_version = fields.Integer(required=True, attribute="specification.version")


class BankWithTasks(BankView):
    work_tasks = fields.List(fields.Nested(BankWorkTaskWithPoints), required=True, attribute="specification.work_tasks")


class ItemStateCounts(Base):
    DRAFT = fields.Integer(required=True)
    IN_REVIEW = fields.Integer(required=True)
    APPROVED = fields.Integer(required=True)
    RELEASED = fields.Integer(required=True)
    RETIRED = fields.Integer(required=True)
    COMPROMISED = fields.Integer(required=True)


class BankLine(Base):
    bank = fields.Nested(BankView, required=True)
    counts = fields.Nested(ItemStateCounts, required=True)


class BankList(Base):
    items = fields.List(fields.Nested(BankLine), required=True)


class CoverageLine(Base):
    knowledge_point_id = fields.UUID(required=True)
    type = Word(ItemType, required=True)
    difficulty = Word(Difficulty, required=True)
    count = fields.Integer(required=True)


class Coverage(Base):
    items = fields.List(fields.Nested(CoverageLine), required=True)
    work_tasks = fields.List(fields.Nested(BankWorkTaskWithPoints), required=True)


class BankCriterionStep(Base):
    value = fields.Integer(required=True)
    text = fields.String(required=True)


class BankCriterion(Base):
    number = fields.Integer(required=True)
    kind = Word(CriterionKind, required=True)
    text = fields.String(required=True)
    guidance = fields.String(required=True)
    most = fields.Integer(required=True)
    values = fields.List(fields.Nested(BankCriterionStep), required=True)


class BankPracticalTask(Base):
    practical_task_id = fields.UUID(required=True, attribute="id")
    code = fields.String(required=True)
    title = fields.String(required=True)
    minutes = fields.Integer(required=True)
    work_task = fields.Nested(BankWorkTask, required=True)


class BankPracticalTaskList(Base):
    items = fields.List(fields.Nested(BankPracticalTask), required=True)


class BankPracticalTaskWhole(BankPracticalTask):
    brief = fields.String(required=True)
    criteria = fields.List(fields.Nested(BankCriterion), required=True)

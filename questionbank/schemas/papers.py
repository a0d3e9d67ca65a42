"""Blueprints and papers as seen from outside: never a key. Points are whole hundredths of a point."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from examsvc.core.web.schemas import Base, Instant, Text
from questionbank.kinds import Difficulty, DrawKind, ItemType
from questionbank.schemas.banks import BankPracticalTask
from questionbank.schemas.rules import RulesInput
from questionbank.schemas.words import Word

MOST_FORMS = 5_000
MOST_PARALLEL = 8  # one programme holds them all: its size grows with their number


class BlueprintRow(Base):
    work_task = fields.Integer(required=True, validate=validate.Range(1, 100))
    type = Word(ItemType, required=True)
    count = fields.Integer(required=True, validate=validate.Range(1, 500))
    points = fields.Integer(required=True, validate=validate.Range(1, 10_000))


class BlueprintInput(Base):
    """A blueprint is made of rows, or of rules with cells."""

    name = Text(most=120, required=True)
    rows = fields.List(fields.Nested(BlueprintRow), validate=validate.Length(1, 100))
    rules = fields.Nested(RulesInput)

    @validates_schema
    def _one_of_both(self, data: dict[str, Any], **_: Any) -> None:
        if ("rows" in data) == ("rules" in data):
            raise ValidationError("needs either rows or rules", "rows")


class BlueprintView(Base):
    blueprint_id = fields.UUID(required=True, attribute="id")
    bank_id = fields.UUID(required=True)
    name = fields.String(required=True)
    rows = fields.List(fields.Nested(BlueprintRow), required=True)
    rules = fields.Nested(RulesInput, required=True, allow_none=True)
    created_at = Instant(required=True)


class BlueprintList(Base):
    items = fields.List(fields.Nested(BlueprintView), required=True)


class DrawInput(Base):
    """A seed makes the draw repeatable; without one the service takes a fresh one."""

    seed = Text(most=64, load_default=None, allow_none=True)
    seen_paper_ids = fields.List(fields.UUID(), validate=validate.Length(max=50), load_default=list)


class SetInput(DrawInput):
    """Parallel forms share at most `overlap` questions two by two; individual forms use the bank evenly."""

    kind = Word(DrawKind, required=True)
    count = fields.Integer(required=True, validate=validate.Range(1, MOST_FORMS))
    overlap = fields.Integer(load_default=0, validate=validate.Range(0, 100))

    @validates_schema
    def _few_parallel(self, data: dict[str, Any], **_: Any) -> None:
        if data["kind"] == DrawKind.PARALLEL and data["count"] > MOST_PARALLEL:
            raise ValidationError(f"at most {MOST_PARALLEL} parallel forms", "count")


class MoreInput(Base):
    seed = Text(most=64, load_default=None, allow_none=True)
    count = fields.Integer(required=True, validate=validate.Range(1, MOST_FORMS))


class PaperLine(Base):
    paper_id = fields.UUID(required=True, attribute="id")
    blueprint_id = fields.UUID(required=True)
    blueprint = fields.String(required=True, attribute="blueprint.name")
    bank_id = fields.UUID(required=True, attribute="blueprint.bank_id")
    seed = fields.String(required=True)
    pool_digest = fields.String(required=True)
    created_at = Instant(required=True)
    draw_id = fields.UUID(required=True, allow_none=True)
    form_number = fields.Integer(required=True)
    form_count = fields.Function(
        lambda paper: paper.draw.last_form if paper.draw else 1, required=True, metadata={"type": "integer"}
    )
    question_count = fields.Integer(required=True)
    practical_count = fields.Integer(required=True)


class PaperName(Base):
    paper_id = fields.UUID(required=True, attribute="id")
    blueprint = fields.String(required=True, attribute="blueprint.name")
    created_at = Instant(required=True)


class PaperNameList(Base):
    items = fields.List(fields.Nested(PaperName), required=True)


class PaperList(Base):
    items = fields.List(fields.Nested(PaperLine), required=True)


class SetView(Base):
    """The papers of one draw, in the order of their forms."""

    draw_id = fields.UUID(required=True, attribute="id")
    kind = Word(DrawKind, required=True)
    seed = fields.String(required=True)
    papers = fields.List(fields.Nested(PaperLine), required=True)


class PaperQuestion(Base):
    """A question of a stored paper, by the version it was drawn with."""

    ref = fields.String(required=True)
    position = fields.Integer(required=True)
    points = fields.Integer(required=True)
    item_id = fields.UUID(required=True, attribute="item_version.item_id")
    version_id = fields.UUID(required=True, attribute="item_version_id")
    code = fields.String(required=True, attribute="item_version.item.code")
    number = fields.Integer(required=True, attribute="item_version.number")
    option_order = fields.List(fields.String(), required=True, allow_none=True)
    type = Word(ItemType, required=True, attribute="item_version.type")
    difficulty = Word(Difficulty, required=True, attribute="item_version.difficulty")
    stem = fields.String(required=True, attribute="item_version.listed_stem")
    work_task = fields.Integer(required=True, attribute="item_version.knowledge_point.work_task.number")
    knowledge_point = fields.String(required=True, attribute="item_version.knowledge_point.text")


class PaperTask(Base):
    position = fields.Integer(required=True)
    practical_task = fields.Nested(BankPracticalTask, required=True)


class PaperView(PaperLine):
    items = fields.List(fields.Nested(PaperQuestion), required=True)
    practical_tasks = fields.List(fields.Nested(PaperTask), required=True)

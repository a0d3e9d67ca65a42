"""What an author writes of a practical task. Points are whole hundredths of a point."""

from typing import Any

from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base, Text
from questionbank.criteria import FULL_MARKS, CriterionPlan
from questionbank.kinds import CriterionKind
from questionbank.practicals import TaskPlan
from questionbank.schemas.words import Word


class CriterionStepInput(Base):
    value = fields.Integer(required=True, strict=True, validate=validate.Range(0, FULL_MARKS))
    text = Text(most=400, least=0, load_default="")


class CriterionInput(Base):
    """`values` are the permitted marks, ascending from 0; of a veto only 0."""

    kind = Word(CriterionKind, required=True)
    text = Text(most=1_000, required=True)
    guidance = Text(most=2_000, least=0, load_default="")
    values = fields.List(fields.Nested(CriterionStepInput), required=True, validate=validate.Length(1, 41))

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> CriterionPlan:
        return CriterionPlan(**data)


class PracticalTaskInput(Base):
    code = Text(most=40, required=True)
    work_task_id = fields.UUID(required=True)
    title = Text(most=120, required=True)
    brief = Text(most=20_000, required=True)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(1, 600))
    criteria = fields.List(fields.Nested(CriterionInput), required=True, validate=validate.Length(1, 60))

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> TaskPlan:
        return TaskPlan(**data)

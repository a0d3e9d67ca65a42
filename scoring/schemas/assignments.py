"""Assigned examiners as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base

MOST_EXAMINERS = 50


class ExaminersInput(Base):
    account_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_EXAMINERS))


class Examiner(Base):
    account_id = fields.UUID(required=True, attribute="id")
    name = fields.String(required=True, attribute="display_name")


class ExaminerList(Base):
    items = fields.List(fields.Nested(Examiner), required=True)

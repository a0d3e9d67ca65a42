"""The import of annex 1 as seen from outside."""

import base64

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base
from examsvc.registry.annexes.importing import Report
from examsvc.registry.annexes.problems import Severity


class Annex1ImportQuery(Base):
    dry_run = fields.Boolean(load_default=True)


class ImportProblem(Base):
    code = fields.String(required=True)
    severity = fields.Enum(Severity, by_value=True, required=True)
    field = fields.String(required=True)
    detail = fields.String(required=True)


class ImportedRowView(Base):
    """A row by its number in the workbook; `state` is ok, warning or error."""

    row = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("ok", "warning", "error")))
    scheme_name = fields.String(required=True)
    organisation_name = fields.String(required=True)
    problems = fields.List(fields.Nested(ImportProblem), required=True)


class Annex1ImportReport(Base):
    """All rows are added or none: `imported` counts them, `version` is the batch's afterwards.

    `error_workbook` is, when a row is wrong, an .xlsx in base64: the uploaded rows with the column 错误原因.
    """

    sheet = fields.String(required=True)
    rows = fields.List(fields.Nested(ImportedRowView), required=True)
    imported = fields.Integer(required=True)
    version = fields.Integer(required=True)
    error_workbook = fields.Method("_error_workbook", required=True, allow_none=True, metadata={"type": "string"})

    def _error_workbook(self, report: Report) -> str | None:
        return base64.b64encode(report.error_workbook).decode() if report.error_workbook else None

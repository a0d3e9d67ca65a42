"""Filing a case, and the reports to the national centre, as seen from outside."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text


class FilingInput(Base):
    version = fields.Integer(required=True)


class ReportPeriodInput(Base):
    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True)


class SendingInput(Base):
    note = Text(most=1000, required=True)


class ReportView(Base):
    """报备; `reported_at` is null until it was sent."""

    id = fields.UUID(required=True)
    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True)
    file_name = fields.String(required=True)
    size_bytes = fields.Integer(required=True)
    digest = fields.String(required=True)
    composed_at = Instant(required=True)
    reported_at = Instant(required=True, allow_none=True)
    note = fields.String(required=True)
    filing_ids = fields.List(fields.UUID(), required=True)


class ReportPage(Base):
    items = fields.List(fields.Nested(ReportView), required=True)
    next = fields.String(required=True, allow_none=True)

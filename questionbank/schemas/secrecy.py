"""Secret banks and leave to export as seen from outside."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text


class BankSecrecy(Base):
    bank_id = fields.UUID(required=True, attribute="id")
    is_secret = fields.Boolean(required=True)


class ExportReason(Base):
    reason = Text(most=400, required=True)


class BankExportView(Base):
    export_id = fields.UUID(required=True, attribute="id")
    bank_id = fields.UUID(required=True)
    reason = fields.String(required=True)
    asked_by_id = fields.UUID(required=True)
    asked_by = fields.String(required=True, attribute="asked_by.display_name")
    asked_at = Instant(required=True)
    granted_by = fields.String(required=True, attribute="granted_by.display_name", dump_default=None, allow_none=True)
    granted_at = Instant(required=True, allow_none=True)
    used_at = Instant(required=True, allow_none=True)


class BankExportList(Base):
    """`server_now` tells whether a grant has lapsed."""

    items = fields.List(fields.Nested(BankExportView), required=True)
    server_now = Instant(required=True)


class ExportedBank(Base):
    """Every version in use with its key, as the bank holds it."""

    bank = fields.UUID(required=True)
    items = fields.List(fields.Dict(), required=True)

"""Secret banks and leave to export as seen from outside."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text


class BankSecrecy(Base):
    bank_id = fields.UUID(required=True, attribute="id")
    is_secret = fields.Boolean(required=True)


class LookQuery(Base):
    after = fields.String(load_default="")


class BankLook(Base):
    """A look at an item, or what was done to the bank as a whole; then `item_id` and `code` are null."""

    entry_id = fields.UUID(required=True)
    at = Instant(required=True)
    actor = fields.String(required=True)
    action = fields.String(required=True)
    item_id = fields.UUID(required=True, allow_none=True)
    code = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class BankLookPage(Base):
    """`next` leads behind the page's last row."""

    items = fields.List(fields.Nested(BankLook), required=True)
    next = fields.String(required=True, allow_none=True)


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

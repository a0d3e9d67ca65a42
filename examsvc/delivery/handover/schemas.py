"""A hand-over's code as the new machine sends it."""

from marshmallow import fields

from examsvc.accounts.schemas import Me
from examsvc.core.web.schemas import Base, Instant, Text


class HandOverCode(Base):
    code = Text(most=20, required=True, load_only=True)


class HandedOver(Me):
    """The candidate's new login, and the sitting that goes on here."""

    sitting_id = fields.UUID(required=True)


class ShownSpare(Base):
    """`code` and the QR code (an SVG picture) are for the proctor's eyes; `secret` stays in the page."""

    code = fields.String(required=True)
    qr_svg = fields.String(required=True)
    secret = fields.String(required=True)
    expires_at = Instant(required=True)
    server_now = Instant(required=True)


class SpareSecret(Base):
    secret = Text(most=100, required=True, load_only=True)

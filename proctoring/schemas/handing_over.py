"""Hand-overs of seats as a wall shows them."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text


class HandOverInput(Base):
    """The reason goes on record."""

    reason = Text(most=200, required=True)


class HandOverState(Base):
    """How far a hand-over has got: the code made, used at another machine, the answers taken over there."""

    id = fields.UUID(required=True)
    sitting_id = fields.UUID(required=True)
    made_at = Instant(required=True)
    expires_at = Instant(required=True)
    used_at = Instant(required=True, allow_none=True)
    taken_over_at = Instant(required=True, allow_none=True)


class NewHandOver(HandOverState):
    """`code` is typed, or comes with the address that the QR code (an SVG picture) holds; said this once only."""

    code = fields.String(required=True)
    address = fields.String(required=True)
    qr_svg = fields.String(required=True)
    server_now = Instant(required=True)


class SpareCode(Base):
    code = Text(most=20, required=True, load_only=True)


class SpareInput(SpareCode):
    """The code that the spare machine shows, and the reason, which goes on record."""

    reason = Text(most=200, required=True)


class SpareView(Base):
    """The machine as the server sees it."""

    address = fields.String(required=True)
    browser = fields.String(required=True)
    shown_at = Instant(required=True)
    expires_at = Instant(required=True)

"""What pages send and see about Safe Exam Browser."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.safe_browser.states import KeyKind

_HASH = validate.Regexp(r"\A[0-9a-fA-F]{64}\Z")
LONGEST_ADDRESS = 2000


class ChallengeView(Base):
    """`page_path` is to be loaded as a page of its own: the browser hashes the address of the page it loaded."""

    nonce = fields.String(required=True)
    page_path = fields.String(required=True)
    expires_at = Instant(required=True)


class ChallengeAnswer(Base):
    """What the page read of the browser's script interface at its address; older browsers send headers instead."""

    page_address = Text(most=LONGEST_ADDRESS, required=True)
    config_key = fields.String(load_default=None, allow_none=True, validate=_HASH)
    browser_exam_key = fields.String(load_default=None, allow_none=True, validate=_HASH)
    version = Text(most=200, least=0, load_default="")


class SafeBrowserKeyInput(Base):
    kind = fields.Enum(KeyKind, required=True)
    key = fields.String(required=True, validate=_HASH)
    label = Text(most=80, required=True)


class SafeBrowserKeyView(Base):
    id = fields.UUID(required=True)
    kind = fields.Enum(KeyKind, required=True)
    key = fields.String(required=True)
    label = fields.String(required=True)
    added_at = Instant(required=True)


class SafeBrowserView(Base):
    """`asked_kind` is the kind of key that counts: Browser Exam Keys as soon as one is listed."""

    is_needed = fields.Boolean(required=True)
    asked_kind = fields.Enum(KeyKind, required=True)
    own_config_key = fields.String(required=True)
    public_url = fields.String(required=True)
    quit_password = fields.String(required=True)
    keys = fields.List(fields.Nested(SafeBrowserKeyView), required=True)

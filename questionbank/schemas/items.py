"""Items and their versions as seen from outside."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant
from questionbank.kinds import ItemType
from questionbank.lifecycle import ItemState
from questionbank.schemas.contents import ItemContent
from questionbank.schemas.keys import ItemKey
from questionbank.schemas.metadata import ItemMetadata
from questionbank.schemas.shown import ShownBody
from questionbank.schemas.words import Word


class ItemVersionLine(ItemMetadata):
    """A version in a list: no key, no explanation."""

    version_id = fields.UUID(required=True, attribute="id")
    item_id = fields.UUID(required=True)
    bank_id = fields.UUID(required=True, attribute="item.bank_id")
    code = fields.String(required=True, attribute="item.code")
    external_id = fields.String(required=True, attribute="item.external_id", allow_none=True)
    number = fields.Integer(required=True)
    state = Word(ItemState, required=True)
    type = Word(ItemType, required=True)
    stem = fields.String(required=True, attribute="listed_stem")
    work_task = fields.Integer(required=True, attribute="knowledge_point.work_task.number")
    knowledge_point = fields.String(required=True, attribute="knowledge_point.text")
    author_id = fields.UUID(required=True)
    author = fields.String(required=True, attribute="author.display_name")
    reviewer = fields.String(required=True, attribute="reviewer.display_name", dump_default=None, allow_none=True)
    review_note = fields.String(required=True, allow_none=True)
    releaser = fields.String(required=True, attribute="releaser.display_name", dump_default=None, allow_none=True)
    created_at = Instant(required=True)
    drawn_count = fields.Integer(required=True)
    last_drawn_at = Instant(required=True, allow_none=True)


class ItemVersionPage(Base):
    """`total` counts no further than 500 rows, where `has_more` says so; `next` leads behind the page's last row."""

    items = fields.List(fields.Nested(ItemVersionLine), required=True)
    total = fields.Integer(required=True)
    has_more = fields.Boolean(required=True)
    next = fields.String(required=True, allow_none=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)


class ItemVersionList(Base):
    items = fields.List(fields.Nested(ItemVersionLine), required=True)


class ItemVersionWhole(ItemVersionLine):
    """A version with its content; still no key."""

    content = fields.Nested(ItemContent, required=True)


class ItemKeyView(Base):
    key = fields.Nested(ItemKey, required=True)
    explanation = fields.String(required=True)


class ItemHistoryLine(Base):
    seq = fields.Integer(required=True)
    at = Instant(required=True)
    actor = fields.String(required=True, attribute="actor_name")
    action = fields.String(required=True)
    detail = fields.Dict(required=True)


class ItemView(Base):
    """`server_now` is when it was looked at."""

    item_id = fields.UUID(required=True, attribute="item.id")
    bank_id = fields.UUID(required=True, attribute="item.bank_id")
    code = fields.String(required=True, attribute="item.code")
    is_secret = fields.Boolean(required=True, attribute="item.bank.is_secret")
    server_now = Instant(required=True)
    versions = fields.List(fields.Nested(ItemVersionWhole), required=True)
    history = fields.List(fields.Nested(ItemHistoryLine), required=True)


class ItemPreviewPart(ShownBody):
    """A part of a composite, with its share of the points."""

    id = fields.String(required=True)
    share = fields.Integer(required=True)


class ItemPreview(ShownBody):
    """A version as a candidate sees it."""

    parts = fields.List(fields.Nested(ItemPreviewPart), required=True, allow_none=True)

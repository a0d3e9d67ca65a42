"""How sealed papers and their keys look from outside."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Key
from examsvc.delivery.schemas.parts import ServerNow


class Preload(Base):
    """What to fetch in the waiting room; it all changes when the start is moved, and then has to be fetched again.

    `seal` is the ETag of the sealed paper. `media` are the names of the files sealed with it: a file with the digest D
    is called HMAC-SHA256(media_key, "name:" + D), in hexadecimal. A page that has heard nothing of a common start
    `told_within_ms` after it asks by itself.
    """

    seal = fields.String(required=True)
    paper_digest = fields.String(required=True)
    starts_at = Instant(required=True)
    media = fields.List(fields.String(), required=True)
    has_formulas = fields.Boolean(required=True)
    told_within_ms = fields.Integer(required=True)
    server_now = ServerNow(required=True, dump_only=True)


class PaperKeys(Base):
    """What opens a sealed paper and the files sealed with it.

    The page claims the sitting at a moment of its own choice within `claim_within_ms`: rather early than late.
    """

    paper_key = Key(required=True, attribute="keys.paper")
    media_key = Key(required=True, attribute="keys.media")
    claim_within_ms = fields.Integer(required=True)
    server_now = ServerNow(required=True, dump_only=True)

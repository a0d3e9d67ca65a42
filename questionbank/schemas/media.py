"""Files of a bank as seen from outside."""

from flask_smorest.fields import Upload
from marshmallow import fields

from examsvc.core.web.schemas import Base
from questionbank.content.media import MediaKind
from questionbank.schemas.words import Word


class MediumUpload(Base):
    file = Upload(required=True)


class MediumView(Base):
    """A file as it is kept; width and height in pixels, of pictures alone."""

    digest = fields.String(required=True)
    kind = Word(MediaKind, required=True)
    media_type = fields.String(required=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    bytes = fields.Integer(required=True)

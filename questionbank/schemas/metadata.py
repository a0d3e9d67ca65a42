"""What is said of an item beside its wording, as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from questionbank.kinds import Bloom, Difficulty, Importance
from questionbank.schemas.words import Word

TAG, MOST_TAGS, SOURCE = 40, 20, 1_000


class ItemMetadataInput(Base):
    """What an author says of a version; everything but difficulty and knowledge point may be left out."""

    difficulty = Word(Difficulty, required=True)
    knowledge_point_id = fields.UUID(required=True)
    importance = Word(Importance, load_default=None, allow_none=True)
    bloom = Word(Bloom, load_default=None, allow_none=True)
    tags = fields.List(Text(most=TAG), load_default=list, validate=validate.Length(max=MOST_TAGS))
    source = Text(most=SOURCE, least=0, load_default="")
    rights = Text(most=SOURCE, least=0, load_default="")


class ItemMetadata(Base):
    difficulty = Word(Difficulty, required=True)
    knowledge_point_id = fields.UUID(required=True)
    importance = Word(Importance, required=True, allow_none=True)
    bloom = Word(Bloom, required=True, allow_none=True)
    tags = fields.List(fields.String(), required=True)
    source = fields.String(required=True)
    rights = fields.String(required=True)


class MetadataQuery(Base):
    """The filters of a list by what is said of a version."""

    difficulty = Word(Difficulty)
    knowledge_point_id = fields.UUID()
    importance = Word(Importance)
    bloom = Word(Bloom)
    tag = Text(most=TAG, least=0, load_default="")

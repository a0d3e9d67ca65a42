"""Alike items and enemies as seen from outside."""

from typing import Any

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text
from questionbank.lifecycle import ItemState
from questionbank.schemas.differences import ItemDifference
from questionbank.schemas.items import ItemVersionWhole
from questionbank.schemas.words import Word


class AlikeVersion(Base):
    version_id = fields.UUID(required=True, attribute="id")
    item_id = fields.UUID(required=True)
    code = fields.String(required=True, attribute="item.code")
    number = fields.Integer(required=True)
    state = Word(ItemState, required=True)


class Likeness(Base):
    """`similarity` is the share of character trigrams in common, 0 to 1; `is_same` says that nothing else differs."""

    version = fields.Nested(AlikeVersion, required=True)
    similarity = fields.Float(required=True)
    is_same = fields.Boolean(required=True)


class LikenessList(Base):
    items = fields.List(fields.Nested(Likeness), required=True)


class AlikePair(Base):
    one = fields.Nested(AlikeVersion, required=True)
    other = fields.Nested(AlikeVersion, required=True)
    similarity = fields.Float(required=True)
    is_same = fields.Boolean(required=True)


class AlikePairList(Base):
    items = fields.List(fields.Nested(AlikePair), required=True)


class Wordings(Base):
    """Two versions whole, without keys, and the fields of their contents that differ, seen at `server_now`."""

    one = fields.Nested(ItemVersionWhole, required=True)
    other = fields.Nested(ItemVersionWhole, required=True)
    items = fields.List(fields.Nested(ItemDifference), required=True)
    is_secret = fields.Boolean(required=True)
    server_now = Instant(required=True)


class ItemVersionWritten(ItemVersionWhole):
    """A version that was written, with a warning for each item that is like it."""

    duplicates = fields.List(fields.Nested(Likeness), required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Return a field of the version, or the warnings."""
        return obj.duplicates if attr == "duplicates" else super().get_attribute(obj.version, attr, default)


class EnemyInput(Base):
    item_id = fields.UUID(required=True)
    other_id = fields.UUID(required=True)
    reason = Text(most=400, least=0, load_default="")


class FamilyInput(Base):
    family = Text(most=40, required=True, allow_none=True)


class NamedItem(Base):
    item_id = fields.UUID(required=True, attribute="id")
    code = fields.String(required=True)
    family = fields.String(required=True, allow_none=True)


class EnemyPair(Base):
    item = fields.Nested(NamedItem, required=True)
    other = fields.Nested(NamedItem, required=True)
    reason = fields.String(required=True)


class ItemEnemy(Base):
    item = fields.Nested(NamedItem, required=True)
    reason = fields.String(required=True)


class ItemEnemyList(Base):
    """Whom a paper never holds together with the item: the relatives of its family, and its enemies."""

    item = fields.Nested(NamedItem, required=True)
    relatives = fields.List(fields.Nested(NamedItem), required=True)
    enemies = fields.List(fields.Nested(ItemEnemy), required=True)


class ItemFamily(Base):
    family = fields.String(required=True)
    items = fields.List(fields.Nested(NamedItem), required=True)


class EnemyList(Base):
    """Of a pair, and of a family, a paper holds one item at most."""

    pairs = fields.List(fields.Nested(EnemyPair), required=True)
    families = fields.List(fields.Nested(ItemFamily), required=True)

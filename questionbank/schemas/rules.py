"""The rules of a blueprint as seen from outside, and whether they can be kept. Points are hundredths of a point."""

from typing import Any

from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base
from questionbank.assembly.eligibility import Withheld
from questionbank.assembly.model import (
    AllOrNone,
    Attribute,
    Cell,
    Enemy,
    Exclude,
    Include,
    Number,
    PerStimulus,
    Sum,
)
from questionbank.assembly.reading import Unit
from questionbank.kinds import Difficulty, Importance, ItemType
from questionbank.schemas.words import Word

KINDS = (Number, Sum, Enemy, Include, Exclude, AllOrNone, PerStimulus)
NUMBERS = validate.Length(max=100)


class CellInput(Base):
    """`amount` items, hundredths of a point or per cent of the paper, each item worth `points` hundredths."""

    work_task = fields.Integer(required=True, validate=validate.Range(1, 100))
    knowledge_points = fields.List(fields.Integer(validate=validate.Range(1, 1000)), validate=NUMBERS)
    type = Word(ItemType, required=True)
    difficulty = Word(Difficulty, allow_none=True)
    importance = Word(Importance, allow_none=True)
    amount = fields.Integer(required=True, validate=validate.Range(1, 10_000))
    unit = Word(Unit, load_default=Unit.COUNT.value)
    points = fields.Integer(required=True, validate=validate.Range(1, 10_000))


class WhereInput(Base):
    """Which items a rule speaks of; what is left out asks for nothing."""

    work_tasks = fields.List(fields.Integer(), validate=NUMBERS)
    knowledge_points = fields.List(fields.Integer(), validate=NUMBERS)
    types = fields.List(Word(ItemType), validate=NUMBERS)
    difficulties = fields.List(Word(Difficulty), validate=NUMBERS)
    importances = fields.List(Word(Importance), validate=NUMBERS)
    key_positions = fields.List(fields.Integer(validate=validate.Range(1, 26)), validate=NUMBERS)


class RuleInput(Base):
    """The bounds of a SUM are in the attribute's unit."""

    kind = fields.String(required=True, validate=validate.OneOf([kind.code for kind in KINDS]))
    attribute = Word(Attribute)
    where = fields.Nested(WhereInput)
    lower = fields.Integer(validate=validate.Range(0, 1_000_000), allow_none=True)
    upper = fields.Integer(validate=validate.Range(0, 1_000_000), allow_none=True)
    item_ids = fields.List(fields.UUID(), validate=validate.Length(1, 500))


class PolicyInput(Base):
    """Days an item rests after its last paper, papers it may be in, per cent of the bank kept unused.

    Of the papers seen, nothing is asked again.
    """

    cooldown_days = fields.Integer(validate=validate.Range(0, 3650))
    most_uses = fields.Integer(validate=validate.Range(1, 100_000), allow_none=True)
    reserve_percent = fields.Integer(validate=validate.Range(0, 90))
    seen_paper_ids = fields.List(fields.UUID(), validate=validate.Length(max=50))


class RulesInput(Base):
    """`minutes` bounds the time that answering is expected to take."""

    cells = fields.List(fields.Nested(CellInput), required=True, validate=validate.Length(1, 500))
    rules = fields.List(fields.Nested(RuleInput), validate=validate.Length(max=200))
    minutes = fields.Integer(validate=validate.Range(1, 600), allow_none=True)
    policy = fields.Nested(PolicyInput)

    @post_load
    def _as_stored(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Ids are stored as text: the rules are a JSON column."""
        for rule in data.get("rules", ()):
            if "item_ids" in rule:
                rule["item_ids"] = sorted(map(str, rule["item_ids"]))
        if "seen_paper_ids" in data.get("policy", {}):
            data["policy"]["seen_paper_ids"] = sorted(map(str, data["policy"]["seen_paper_ids"]))
        return data


class StockLine(Base):
    """How many items of one kind may be drawn; `importance` is null where nobody said it."""

    work_task = fields.Integer(required=True)
    knowledge_point = fields.Integer(required=True)
    type = Word(ItemType, required=True)
    difficulty = Word(Difficulty, required=True)
    importance = Word(Importance, required=True, allow_none=True)
    count = fields.Integer(required=True)


class StockView(Base):
    lines = fields.List(fields.Nested(StockLine), required=True)


class CellSupplyView(Base):
    """A family counts once in `usable`; the cells stand in the order in which they were asked for."""

    demand = fields.Integer(required=True)
    supply = fields.Integer(required=True)
    usable = fields.Integer(required=True)
    enough = fields.Boolean(required=True)


class TroubleView(Base):
    """A cell or rule that stands in the way, by its code and what it asks for."""

    kind = fields.String(required=True, validate=validate.OneOf([kind.code for kind in (Cell, *KINDS)]))
    attribute = Word(Attribute)
    where = fields.Nested(WhereInput)
    count = fields.Integer()
    points = fields.Integer()
    lower = fields.Float(allow_none=True)
    upper = fields.Float(allow_none=True)
    item_ids = fields.List(fields.UUID())


class LooseningView(Base):
    """By how much (items, seconds, levels) a cell or rule would have to give way."""

    rule = fields.Nested(TroubleView, required=True)
    by = fields.Float(required=True)


class FeasibilityView(Base):
    points = fields.Integer(required=True)
    count = fields.Integer(required=True)
    seconds = fields.Integer(required=True)
    cells = fields.List(fields.Nested(CellSupplyView), required=True)
    withheld = fields.Dict(keys=Word(Withheld), values=fields.Integer(), required=True)
    conflict = fields.List(fields.Nested(TroubleView), required=True)
    loosenings = fields.List(fields.Nested(LooseningView), required=True)

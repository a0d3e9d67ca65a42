"""Item analysis as seen from outside. None stands for what the people who sat cannot tell."""

from marshmallow import fields

from examsvc.core.web.schemas import Base
from questionbank.kinds import ItemType
from scoring.analysis import Flag, Model
from scoring.calibrating import LeftOut


class AnalysisQuery(Base):
    """`model` asks for a calibration: 1pl with one slope for all questions, 2pl with a slope for each."""

    model = fields.Enum(Model, by_value=True, load_default=None, allow_none=True)


class CalibrationInput(Base):
    model = fields.Enum(Model, by_value=True, required=True)


class KeptCalibration(Base):
    """How many versions have new estimates, from how many people, and the ability at the pass mark on their scale."""

    kept = fields.Integer(required=True)
    people = fields.Integer(required=True)
    ability = fields.Float(required=True)


class DistributionView(Base):
    """Percent of what could be earned; `counts` of people in ten bands of ten percent."""

    counts = fields.List(fields.Integer(), required=True)
    mean = fields.Float(required=True, allow_none=True)
    deviation = fields.Float(required=True, allow_none=True)
    least = fields.Float(required=True, allow_none=True)
    median = fields.Float(required=True, allow_none=True)
    most = fields.Float(required=True, allow_none=True)


class ReliabilityView(Base):
    """`alpha` is KR-20 for questions that are right or wrong; `error`, the standard error, is in points."""

    alpha = fields.Float(required=True, allow_none=True)
    error = fields.Float(required=True, allow_none=True)


class ChoiceView(Base):
    """`id` is null for those who chose nothing; shares are of those asked, upper and lower of the outer 27 %."""

    id = fields.String(required=True, allow_none=True)
    is_key = fields.Boolean(required=True)
    is_rare_distractor = fields.Boolean(required=True)
    count = fields.Integer(required=True)
    share = fields.Float(required=True)
    upper = fields.Float(required=True)
    lower = fields.Float(required=True)
    item_rest = fields.Float(required=True, allow_none=True)


class OptionTable(Base):
    part = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(ChoiceView), required=True)


class ItemFiguresView(Base):
    """`options` is null for those who may not see keys; `stem` is empty for a secret bank."""

    version_id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    code = fields.String(required=True)
    number = fields.Integer(required=True)
    type = fields.Enum(ItemType, required=True)
    stem = fields.String(required=True)
    points = fields.Integer(required=True)
    asked = fields.Integer(required=True)
    difficulty = fields.Float(required=True, allow_none=True)
    item_rest = fields.Float(required=True, allow_none=True)
    upper_lower = fields.Float(required=True, allow_none=True)
    flags = fields.List(fields.Enum(Flag), required=True)
    options = fields.List(fields.Nested(OptionTable), required=True, allow_none=True)


class CalibratedItem(Base):
    version_id = fields.UUID(required=True)
    slope = fields.Float(required=True)
    difficulty = fields.Float(required=True, allow_none=True)


class LeftOutItem(Base):
    version_id = fields.UUID(required=True)
    reason = fields.Enum(LeftOut, required=True)


class CalibrationView(Base):
    """P(right) = 1 / (1 + exp(−slope·(θ − difficulty))); ability θ is standard normal among these people."""

    model = fields.Enum(Model, by_value=True, required=True)
    people = fields.Integer(required=True)
    log_likelihood = fields.Float(required=True)
    steps = fields.Integer(required=True)
    converged = fields.Boolean(required=True)
    is_bounded = fields.Boolean(required=True)
    items = fields.List(fields.Nested(CalibratedItem), required=True)
    left_out = fields.List(fields.Nested(LeftOutItem), required=True)


class SessionAnalysis(Base):
    """`unmarked` are the codes of written questions that people have not marked whole; they are not analysed yet."""

    people = fields.Integer(required=True)
    distribution = fields.Nested(DistributionView, required=True)
    reliability = fields.Nested(ReliabilityView, required=True)
    items = fields.List(fields.Nested(ItemFiguresView), required=True)
    unmarked = fields.List(fields.String(), required=True)
    calibration = fields.Nested(CalibrationView, required=True, allow_none=True)


class VersionStatistics(Base):
    people = fields.Integer(required=True)
    figures = fields.Nested(ItemFiguresView, required=True, allow_none=True)

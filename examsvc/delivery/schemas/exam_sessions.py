"""What the office sends and sees of exam sessions."""

from typing import Any

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.conditions import MOST_CHARACTERS, MOST_CONDITIONS
from examsvc.delivery.schemas.parts import GivenInstant
from examsvc.delivery.states import CameraRule, ClockRule, ExamSessionState, NavigationRule, SittingState
from examsvc.delivery.voiding import Subject
from questionbank.kinds import DrawKind
from questionbank.schemas.words import Word

_MINUTES = validate.Range(min=1, max=24 * 60)
_ENTRY_MINUTES = validate.Range(min=0, max=24 * 60)
_GRACE = validate.Range(min=0, max=300)
_CONDITIONS = validate.Length(max=MOST_CONDITIONS)


class SingleLine(Text):
    """A line that a person typed: whatever else than characters stands in it becomes a single space."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        text = super()._deserialize(value, attr, data, **options)
        return " ".join("".join(char if char.isprintable() else " " for char in text).split())


class ExamSessionChange(Base):
    """Every field may be left out. The conditions of application are counted from 1 in the order given."""

    code = Text(most=40)
    title = Text(most=120)
    place = Text(most=200)
    filing_id = fields.UUID()
    paper_id = fields.UUID(allow_none=True)
    draw_id = fields.UUID(allow_none=True)
    shuffle_questions = fields.Boolean()
    shuffle_options = fields.Boolean()
    starts_at = GivenInstant()
    ends_at = GivenInstant()
    minutes = fields.Integer(strict=True, validate=_MINUTES)
    clock_rule = fields.Enum(ClockRule)
    camera_rule = fields.Enum(CameraRule)
    late_entry_minutes = fields.Integer(strict=True, validate=_ENTRY_MINUTES)
    late_extends_time = fields.Boolean()
    login_absent_minutes = fields.Integer(strict=True, validate=_ENTRY_MINUTES)
    earliest_hand_in_minutes = fields.Integer(strict=True, allow_none=True, validate=_ENTRY_MINUTES)
    last_minutes_consent = fields.Integer(strict=True, validate=_ENTRY_MINUTES)
    grace_seconds = fields.Integer(strict=True, validate=_GRACE)
    navigation = fields.Enum(NavigationRule)
    calculator_allowed = fields.Boolean()
    accept_offline = fields.Boolean()
    safe_browser_needed = fields.Boolean()
    application_conditions = fields.List(SingleLine(most=MOST_CHARACTERS, required=True), validate=_CONDITIONS)


class ExamSessionInput(ExamSessionChange):
    """Names either one paper or a draw of forms.

    With a common clock `ends_at` is `starts_at` and the minutes of the paper. What is left out has the default of
    `subject`, which is not kept: later the rooms say what is examined.
    """

    code = Text(most=40, required=True)
    title = Text(most=120, required=True)
    place = Text(most=200, required=True)
    filing_id = fields.UUID(required=True)
    starts_at = GivenInstant(required=True)
    ends_at = GivenInstant(required=True)
    minutes = fields.Integer(required=True, strict=True, validate=_MINUTES)
    subject = fields.Enum(Subject, load_default=Subject.THEORY)


class DrawChoice(Base):
    """A draw of forms. `free` are individual forms that nobody was given yet; None of parallel ones."""

    id = fields.UUID(required=True)
    kind = Word(DrawKind, required=True)
    blueprint = fields.String(required=True)
    specification_id = fields.UUID(required=True)
    count = fields.Integer(required=True)
    free = fields.Integer(required=True, allow_none=True)
    created_at = Instant(required=True)


class PaperPlanApproval(Base):
    """`digest` is of the paper plan as it stands, and what is approved; `approved_at` is None until somebody did.

    `paper` is the name of the blueprint that paper or forms were drawn by.
    """

    digest = fields.String(required=True)
    paper = fields.String(required=True, allow_none=True)
    changed_by_id = fields.UUID(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)
    approved_by = fields.String(required=True, allow_none=True)
    approved_at = Instant(required=True, allow_none=True)


class PaperPlanShown(Base):
    """The digest of the paper plan that was looked at."""

    digest = Text(most=64, required=True)


class ExamSessionView(Base):
    """`sittings` counts the enrolled by the state of their sitting; `subject` is the only one its rooms are for."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    place = fields.String(required=True)
    filing_id = fields.UUID(required=True)
    batch_id = fields.UUID(required=True, allow_none=True)
    paper_id = fields.UUID(required=True, allow_none=True)
    draw_id = fields.UUID(required=True, allow_none=True)
    draw = fields.Nested(DrawChoice, required=True, allow_none=True)
    shuffle_questions = fields.Boolean(required=True)
    shuffle_options = fields.Boolean(required=True)
    organisation = fields.String(required=True, attribute="filing.organisation.name")
    scheme = fields.String(required=True, attribute="filing.specification.scheme.name")
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    minutes = fields.Integer(required=True)
    clock_rule = fields.Enum(ClockRule, required=True)
    camera_rule = fields.Enum(CameraRule, required=True)
    late_entry_minutes = fields.Integer(required=True)
    late_extends_time = fields.Boolean(required=True)
    login_absent_minutes = fields.Integer(required=True)
    earliest_hand_in_minutes = fields.Integer(required=True, allow_none=True)
    last_minutes_consent = fields.Integer(required=True)
    grace_seconds = fields.Integer(required=True)
    navigation = fields.Enum(NavigationRule, required=True)
    calculator_allowed = fields.Boolean(required=True)
    accept_offline = fields.Boolean(required=True)
    safe_browser_needed = fields.Boolean(required=True)
    application_conditions = fields.List(fields.String(), required=True)
    subject = fields.Enum(Subject, required=True, allow_none=True)
    state = fields.Enum(ExamSessionState, required=True)
    is_rehearsal = fields.Boolean(required=True)
    plan_approval = fields.Nested(PaperPlanApproval, required=True)
    enrolled = fields.Integer(required=True)
    sittings = fields.Dict(keys=fields.Enum(SittingState), values=fields.Integer(), required=True)


class ExamSessionList(Base):
    items = fields.List(fields.Nested(ExamSessionView), required=True)


class SessionFaults(Base):
    """The refusals that publishing would meet by now, each with its code and what the code's words name."""

    items = fields.List(fields.Dict(keys=fields.String()), required=True)


class FilingChoice(Base):
    id = fields.UUID(required=True)
    number = fields.String(required=True)
    organisation = fields.String(required=True, attribute="organisation.name")
    scheme = fields.String(required=True, attribute="specification.scheme.name")
    specification_id = fields.UUID(required=True)
    theory_minutes = fields.Integer(required=True, attribute="specification.theory_minutes")
    valid_from_on = fields.Date(required=True)
    valid_to_on = fields.Date(required=True)


class PaperChoice(Base):
    id = fields.UUID(required=True)
    blueprint = fields.String(required=True, attribute="blueprint.name")
    specification_id = fields.UUID(required=True, attribute="blueprint.bank.specification_id")
    created_at = Instant(required=True)


class SessionChoices(Base):
    """What an exam session can be made from: a filing, and a paper or a draw of forms of the same specification."""

    filings = fields.List(fields.Nested(FilingChoice), required=True)
    papers = fields.List(fields.Nested(PaperChoice), required=True)
    draws = fields.List(fields.Nested(DrawChoice), required=True)


class MoveStartInput(Base):
    starts_at = GivenInstant(required=True)
    reason = Text(most=400, required=True)


class CancelInput(Base):
    reason = Text(most=400, required=True)

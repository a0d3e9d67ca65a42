"""Windows and holiday tables as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.calendar.holidays import HolidaySource
from examsvc.core.web.schemas import Base, Instant
from examsvc.registry.windows import WindowKind

EARLIEST_YEAR, LATEST_YEAR = 2025, 2199


class WindowsQuery(Base):
    """Without a year, the present one in Shanghai."""

    year = fields.Integer(load_default=None, validate=validate.Range(EARLIEST_YEAR, LATEST_YEAR))


class WindowView(Base):
    """`opens_at` and `closes_at` are both inside. What depends on holidays is null while they are unknown."""

    kind = fields.Enum(WindowKind, required=True)
    opens_at = Instant(required=True)
    closes_at = Instant(required=True)
    first_on = fields.Date(required=True)
    last_on = fields.Date(required=True)
    is_open = fields.Boolean(required=True)
    is_clamped = fields.Boolean(required=True)
    last_day_works = fields.Boolean(required=True, allow_none=True)
    last_day_name = fields.String(required=True)
    working_days = fields.Integer(required=True, allow_none=True)


class WindowList(Base):
    """`this_year` is the present one in Shanghai."""

    year = fields.Integer(required=True)
    this_year = fields.Integer(required=True)
    items = fields.List(fields.Nested(WindowView), required=True)


class HolidayDay(Base):
    """A day off, or a make-up working day when `is_off` is false."""

    day = fields.Date(required=True)
    name = fields.String(required=True)
    is_off = fields.Boolean(required=True)


class HolidayYearView(Base):
    """One year's table; `papers` are the notices it follows, and empty for the one that came with the service."""

    year = fields.Integer(required=True)
    source = fields.Enum(HolidaySource, required=True)
    papers = fields.List(fields.String(), required=True)
    days = fields.List(fields.Nested(HolidayDay), required=True)
    imported_at = Instant(required=True, allow_none=True)
    imported_by_name = fields.String(required=True, allow_none=True)


class HolidayYears(Base):
    """Known years, latest first. `policy` counts the deadlines that begin now."""

    policy = fields.Enum(DeadlinePolicy, required=True)
    items = fields.List(fields.Nested(HolidayYearView), required=True)


class HolidayImportQuery(Base):
    dry_run = fields.Boolean(required=True)


class HolidayFile(Base):
    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class HolidayImportReport(Base):
    """What the file says and what it would change: days that become off, days that become working days."""

    year = fields.Integer(required=True)
    papers = fields.List(fields.String(), required=True)
    days = fields.List(fields.Nested(HolidayDay), required=True)
    replaces = fields.Enum(HolidaySource, required=True, allow_none=True)
    newly_off = fields.List(fields.Date(), required=True)
    newly_working = fields.List(fields.Date(), required=True)
    kept = fields.Boolean(required=True)

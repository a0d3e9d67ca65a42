"""When each step of a demo case happened, so that it stands in its stage at a given moment. Pure.

Counted back from the moment: what the notice receives in windows only (140号 三(二)) lies in the latest one that fits,
everything else on the morning of a working day.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum, auto

from examsvc.core.calendar.working_days import Calendar
from examsvc.core.clock import SHANGHAI, shanghai_date
from examsvc.registry import windows
from examsvc.registry.windows import WindowKind

SATURDAY = 5
OFFICE_OPENS = time(10)


class Step(StrEnum):
    """What happens to a case, in its order."""

    SUBMIT = auto()
    CHECK = auto()
    INITIATION_PANEL = auto()
    FIRST_OPINION = auto()
    INITIATION = auto()
    CITY = auto()
    SEND = auto()
    REPLY = auto()
    SELECT = auto()
    SCHEME_NOTICE = auto()
    BEGIN = auto()
    DRAFT_APPLICATION = auto()
    COMPLETE_APPLICATION = auto()
    APPLY = auto()
    ORGANISATION_PANEL = auto()
    HEARING = auto()
    ORGANISATION = auto()
    HAND_IN = auto()
    SCHEME_PANEL = auto()
    SCHEME = auto()
    CONSENT = auto()
    NOTICE = auto()
    OBJECTION = auto()
    FILE = auto()
    LAPSE = auto()


Timetable = list[tuple[Step, datetime]]


ANY_DAY = (Step.SUBMIT, Step.APPLY, Step.OBJECTION, Step.LAPSE)
"""What is received, or falls due, on days off too."""


def timetable(stage: str, at: datetime, calendar: Calendar) -> Timetable:
    """Return the steps that bring a case to `stage` (a CaseState other than DRAFT) by `at`, and when each was done."""
    found: Timetable = []
    for step, when in _PLANS[stage](shanghai_date(at)):
        worked = when if step in ANY_DAY else _worked(when, calendar)
        if when <= at:
            found.append((step, max([worked, *(earlier for _, earlier in found[-1:])])))
    return found


def _worked(when: datetime, calendar: Calendar) -> datetime:
    """Return the moment, or the same hour of the last working day before it, as far as the holidays are known."""
    while when.year in calendar.years and not calendar.is_working_day(shanghai_date(when)):
        when -= _days(1)
    return when


def _submitted(today: date) -> Timetable:
    return [(Step.SUBMIT, received(WindowKind.RECOMMENDATION, today - _days(1)))]


def _before_panel(today: date) -> Timetable:
    submitted = received(WindowKind.RECOMMENDATION, today - _days(24))
    checked = _mornings(shanghai_date(submitted), {Step.CHECK: -13})
    return [(Step.SUBMIT, submitted), *checked, *_mornings(today, {Step.INITIATION_PANEL: 6, Step.FIRST_OPINION: 3})]


def _in_application(today: date) -> Timetable:
    return [*_publicised(today - _days(45)), *_mornings(today, {Step.BEGIN: 15, Step.DRAFT_APPLICATION: 10})]


def _before_hearing(today: date) -> Timetable:
    panel = _mornings(today, {Step.ORGANISATION_PANEL: 9, Step.HEARING: 5})
    return [*_applied(received(WindowKind.ORGANISATION, today - _days(12))), *panel]


def _in_scheme_review(today: date) -> Timetable:
    return [*_handed_in(today - _days(20)), *_mornings(today, {Step.SCHEME_PANEL: 6, Step.FIRST_OPINION: 3})]


def _objected_to(today: date) -> Timetable:
    posted = today - _days(2)
    return [*_posted(posted), (Step.OBJECTION, morning(posted) + timedelta(hours=9))]


def _lapsed(today: date) -> Timetable:
    return [*_passed(today - _days(100)), (Step.LAPSE, datetime.combine(today, time.min, SHANGHAI))]


def _filed(today: date) -> Timetable:
    return [*_posted(today - _days(30)), *_mornings(today, {Step.FILE: 12})]


def morning(day: date) -> datetime:
    """Return 10:00 in Shanghai of the day, or of the Friday before a weekend."""
    weekday = day - _days(max(0, day.weekday() - SATURDAY + 1))
    return datetime.combine(weekday, OFFICE_OPENS, SHANGHAI)


def received(kind: WindowKind, latest: date) -> datetime:
    """Return a moment, up to the morning of `latest`, at which things of the kind were received."""
    years = (*windows.windows_of_year(kind, latest.year - 1), *windows.windows_of_year(kind, latest.year))
    open_by = [one for one in years if one.first_on < latest - _days(2)]
    return min(morning(open_by[-1].first_on + _days(4)), morning(latest))


def _selected(noticed: date) -> Timetable:
    """Up to the selection, for a scheme whose public notice begins on the day."""
    before = {Step.INITIATION_PANEL: 43, Step.INITIATION: 36, Step.CITY: 33, Step.SEND: 30, Step.REPLY: 8}
    submitted = received(WindowKind.RECOMMENDATION, noticed - _days(49))
    return [(Step.SUBMIT, submitted), *_mornings(noticed, {Step.CHECK: 46, **before, Step.SELECT: 4})]


def _publicised(noticed: date) -> Timetable:
    return [*_selected(noticed), *_mornings(noticed, {Step.SCHEME_NOTICE: 0})]


def _applied(applied: datetime) -> Timetable:
    day = shanghai_date(applied)
    filled = _mornings(day, {Step.BEGIN: 25, Step.COMPLETE_APPLICATION: 10})
    return [*_publicised(day - _days(50)), *filled, (Step.APPLY, applied)]


def _passed(day: date) -> Timetable:
    applied = received(WindowKind.ORGANISATION, day - _days(14))
    return [*_applied(applied), *_mornings(day, {Step.ORGANISATION_PANEL: 10, Step.ORGANISATION: 0})]


def _handed_in(day: date) -> Timetable:
    return [*_passed(day - _days(60)), *_mornings(day, {Step.HAND_IN: 0})]


def _assessed(day: date) -> Timetable:
    return [*_handed_in(day - _days(30)), *_mornings(day, {Step.SCHEME_PANEL: 10, Step.SCHEME: 0})]


def _posted(day: date) -> Timetable:
    return [*_assessed(day - _days(8)), *_mornings(day, {Step.CONSENT: 4, Step.NOTICE: 0})]


def _mornings(day: date, before: dict[Step, int]) -> Iterable[tuple[Step, datetime]]:
    """Return each step with the morning that lies so many days before the day."""
    return [(step, morning(day - _days(number))) for step, number in before.items()]


def _days(number: int) -> timedelta:
    return timedelta(days=number)


_PLANS: Mapping[str, Callable[[date], Timetable]] = {
    "SUBMITTED": _submitted,
    "MATERIALS_CHECKED": _before_panel,
    "SENT_TO_NATIONAL": lambda today: _selected(today + _days(21)),
    "SCHEME_PUBLICITY": lambda today: _publicised(today - _days(2)),
    "SCHEME_PUBLICISED": lambda today: _publicised(today - _days(25)),
    "APPLYING": _in_application,
    "APPLIED": _before_hearing,
    "DEVELOPING": lambda today: _passed(today - _days(75)),
    "HANDED_IN": _in_scheme_review,
    "SCHEME_ASSESSED": lambda today: _assessed(today - _days(4)),
    "PUBLICITY": _objected_to,
    "ABANDONED": _lapsed,
    "FILED": _filed,
}

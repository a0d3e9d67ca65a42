"""Since when somebody who is ready, and may not begin, loses time by waiting."""

from datetime import datetime, timedelta

from examsvc.delivery import checking_in, clocks
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import ClockRule


def costs_from(sitting: Sitting, now: datetime) -> datetime | None:
    """Return since when waiting has cost the candidate time: ready, and by their clock; None of who did not wait.

    A common clock runs from the start; where one makes up for coming late, from the end of entry. One's own only meets
    the end of the window.
    """
    ready_at = checking_in.system_checked_at(sitting)
    if ready_at is None or checking_in.missing_steps(sitting):
        return None
    if sitting.seen_at is not None or sitting.turned_away_at is not None:
        return None
    return max(ready_at, _runs_from(sitting, now))


def _runs_from(sitting: Sitting, now: datetime) -> datetime:
    exam_session = sitting.enrolment.exam_session
    if exam_session.clock_rule == ClockRule.PERSONAL:
        return exam_session.ends_at - timedelta(minutes=exam_session.minutes)
    if exam_session.late_extends_time:
        return clocks.timing_of(sitting, now).entry_closes_at
    return exam_session.starts_at

"""What can be done against a ruling 救济途径, and until when. Pure.

No rule was found for this assessment; the window is that of asking for a review of a result, the time to answer that of
Shanghai's practice in 2016 (domain.md, part 3: review_window, review_finish).
"""

from datetime import date
from typing import Final

from examsvc.core.calendar.working_days import Calendar

REVIEW_WORKING_DAYS: Final = 15
ANSWER_MONTHS: Final = 1


def text(organisation: str) -> str:
    """Return the remedy as a ruling states it."""
    return (
        f"对本决定不服的，可以自本决定送达之日起{REVIEW_WORKING_DAYS}个工作日内（送达当日不计）向{organisation}书面申请复核，"
        f"并可附证据材料。复核由未参与本决定的人员办理，自收到申请之日起{ANSWER_MONTHS}个月内书面答复。"
        "对复核结果仍有异议的，可以向所在区人力资源社会保障部门反映。复核期间，本决定不停止执行。"
    )


def until(served_on: date, calendar: Calendar) -> date:
    """Return the last day on which a review can be asked for; raises HolidaysUnknown."""
    return calendar.nth_working_day_after(served_on, REVIEW_WORKING_DAYS, first_day_counts=False)

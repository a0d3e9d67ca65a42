"""How long a filing is valid, and when its end is announced. Pure."""

from datetime import date, timedelta

YEARS = 3  # 140号 三(四): 备案有效期为3年
WARN_DAYS = (180, 90, 30)  # domain.md 1.11 no. 5: no renewal is provided for, so its end is announced early


def last_day(valid_from_on: date) -> date:
    """Return the last day of the validity: the day before the same day three years later.

    29 February has no same day then: the three years are full at the end of 28 February.
    """
    try:
        return valid_from_on.replace(year=valid_from_on.year + YEARS) - timedelta(days=1)
    except ValueError:
        return valid_from_on.replace(year=valid_from_on.year + YEARS, day=28)


def warning_due(valid_to_on: date, *, day: date) -> int | None:
    """Return which announcement (days before the end) is the latest that fell due by the day; None before and after."""
    left = (valid_to_on - day).days
    if left < 0:
        return None
    return min((days for days in WARN_DAYS if left <= days), default=None)

"""Months and years on the calendar. Pure."""

from calendar import monthrange
from datetime import date

MONTHS_A_YEAR = 12


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later; where the month is too short, its last day (30 November + 3: 28 February)."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day `years` later; the 29th of February becomes the 28th in a common year."""
    return add_months(day, years * MONTHS_A_YEAR)

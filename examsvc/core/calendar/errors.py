"""Refusals around the calendar."""

from examsvc.core.errors import Refusal


class HolidaysUnknown(Refusal):
    """`year` is the year without a table. Nothing is guessed: the State Council publishes it in the November before."""

    code = "holidays_unknown"
    detail = "The holidays of {year} are not known yet: the centre has to import the table of that year first."


class BadHolidayFile(Refusal):
    """`faults` is a list of {row, date, fault}; `row` counts the days of the file from 1, 0 means the whole file."""

    code = "bad_holiday_file"
    status = 422
    detail = "The holiday table is not usable, and nothing of it was taken over."

"""Holiday tables as files in holiday-cn's form: {year, papers, days: [{name, date, isOffDay}]}. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from examsvc.core import canonical
from examsvc.core.calendar.errors import BadHolidayFile
from examsvc.core.calendar.working_days import SATURDAY, NamedDay

MOST_BYTES = 200_000
MOST_DAYS = 200
LONGEST_NAME = 40
LONGEST_PAPER = 300
FIRST_YEAR, LAST_YEAR = 2004, 2199
STATUTORY = ((1, 1), (10, 1), (10, 2), (10, 3))
DECEMBER = 12
WHOLE_FILE = 0


@dataclass(frozen=True)
class HolidayTable:
    """A year's table that passed every check."""

    year: int
    papers: tuple[str, ...]
    days: tuple[NamedDay, ...]

    def plain_days(self) -> list[dict[str, Any]]:
        """Return the days as JSON keeps them."""
        return [{"name": one.name, "date": one.day.isoformat(), "is_off": one.is_off} for one in self.days]

    @property
    def digest(self) -> str:
        """The SHA-256 of what the table says."""
        return canonical.digest({"year": self.year, "papers": list(self.papers), "days": self.plain_days()})


def parse(data: bytes) -> HolidayTable:
    """Return the table in a file; raises BadHolidayFile with all faults, and nothing of the file may be used then."""
    raw = _loaded(data)
    faults = list(_faults_of_whole(raw))
    if not faults:
        rows = raw["days"]
        faults = [fault for row, one in enumerate(rows, start=1) for fault in _faults_of_day(row, one, raw["year"])]
        faults = faults or list(_faults_of_table(rows, raw["year"]))
    if faults:
        raise BadHolidayFile(faults=faults)
    days = [NamedDay(date.fromisoformat(one["date"]), one["name"].strip(), one["isOffDay"]) for one in raw["days"]]
    return HolidayTable(raw["year"], tuple(raw["papers"]), tuple(sorted(days, key=lambda one: one.day)))


def _loaded(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise BadHolidayFile(faults=[_fault("too_large")])
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadHolidayFile(faults=[_fault("not_json")]) from None
    if not isinstance(raw, dict):
        raise BadHolidayFile(faults=[_fault("not_json")])
    return raw


def _faults_of_whole(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    year, papers, days = raw.get("year"), raw.get("papers"), raw.get("days")
    if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
        yield _fault("bad_year")
    if not isinstance(papers, list) or not papers or not all(_is_paper(paper) for paper in papers):
        yield _fault("no_source")
    if not isinstance(days, list) or not days:
        yield _fault("no_days")
    elif len(days) > MOST_DAYS:
        yield _fault("too_many_days")


def _is_paper(paper: object) -> bool:
    return isinstance(paper, str) and 0 < len(paper) <= LONGEST_PAPER and paper.startswith(("https://", "http://"))


def _faults_of_day(row: int, one: Any, year: int) -> Iterator[dict[str, Any]]:
    if not isinstance(one, dict) or not {"name", "date", "isOffDay"} <= set(one):
        yield _fault("missing_field", row)
        return
    name, day = one["name"], _day(one["date"])
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        yield _fault("bad_name", row, one)
    if type(one["isOffDay"]) is not bool:
        yield _fault("not_yes_or_no", row, one)
    if day is None:
        yield _fault("bad_date", row, one)
    elif day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
        yield _fault("other_year", row, one)
    elif one["isOffDay"] is False and day.weekday() < SATURDAY:
        yield _fault("make_up_on_weekday", row, one)


def _faults_of_table(rows: list[dict[str, Any]], year: int) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for row, one in enumerate(rows, start=1):
        if one["date"] in seen:
            yield _fault("twice", row, one)
        seen.add(one["date"])
    off = {one["date"] for one in rows if one["isOffDay"]}
    for month, day in STATUTORY:  # a table without these is a part of one (全国年节及纪念日放假办法 2)
        if date(year, month, day).isoformat() not in off:
            yield {**_fault("statutory_day_missing"), "date": date(year, month, day).isoformat()}


def _day(text: object) -> date | None:
    try:
        found = date.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def _fault(fault: str, row: int = WHOLE_FILE, one: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"row": row, "date": str(one["date"])[:40] if one else "", "fault": fault}

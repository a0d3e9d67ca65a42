"""Importing holiday tables: taken over whole, or refused whole."""

import json
from datetime import date
from typing import Any

import pytest
from moments import NINE_IN_SHANGHAI

from examsvc.core import audit
from examsvc.core.calendar import holiday_files, holidays
from examsvc.core.calendar.errors import BadHolidayFile, HolidaysUnknown
from examsvc.core.calendar.holidays import HolidaySource
from examsvc.core.db import Database
from examsvc.core.identity import system

CENTRE = system("tests")
SOURCE = "https://www.gov.cn/zhengce/content/example.htm"
STATUTORY = [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
    *({"name": "国庆节", "date": f"2027-10-0{day}", "isOffDay": True} for day in (1, 2, 3)),
]


def file(year: int = 2027, days: Any = None, papers: Any = None, **more: Any) -> bytes:
    whole = {"year": year, "papers": [SOURCE] if papers is None else papers, **more}
    return json.dumps({**whole, "days": STATUTORY if days is None else days}).encode()


def row(day: str, *, off: Any = True, name: Any = "某节") -> dict[str, Any]:
    return {"name": name, "date": day, "isOffDay": off}


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"\xff\xfe no", ["not_json"]),
        (b"[]", ["not_json"]),
        (b"[" * 100_000, ["not_json"]),
        (b" " * 200_001, ["too_large"]),
        (file(papers=[], days=[]), ["no_source", "no_days"]),
        (file(papers=["by word of mouth"]), ["no_source"]),
        (file(year=1066), ["bad_year"]),
        (file(year=True), ["bad_year"]),
        (file(days=[row("2027-01-01")] * 201), ["too_many_days"]),
        (file(days=[*STATUTORY, row("2026-11-30")]), ["other_year"]),
        (file(days=[*STATUTORY, row("2027-02-30")]), ["bad_date"]),
        (file(days=[*STATUTORY, row("20270206")]), ["bad_date"]),
        (file(days=[*STATUTORY, {"name": "春节", "date": "2027-02-06"}]), ["missing_field"]),
        (file(days=[*STATUTORY, row("2027-02-06", off="yes")]), ["not_yes_or_no"]),
        (file(days=[*STATUTORY, row("2027-02-06", name="")]), ["bad_name"]),
        (file(days=[*STATUTORY, row("2027-02-10", off=False)]), ["make_up_on_weekday"]),
        (file(days=[*STATUTORY, STATUTORY[0]]), ["twice"]),
        (file(days=STATUTORY[1:]), ["statutory_day_missing"]),
    ],
)
def test_e06_a_wrong_holiday_table_is_refused_whole_with_its_faults(data: bytes, faults: list[str]) -> None:
    with pytest.raises(BadHolidayFile) as refused:
        holiday_files.parse(data)
    assert [fault["fault"] for fault in refused.value.extra["faults"]] == faults


def test_e06_a_fault_names_its_row_and_date() -> None:
    with pytest.raises(BadHolidayFile) as refused:
        holiday_files.parse(file(days=[*STATUTORY, row("2026-11-30")]))
    assert refused.value.extra["faults"] == [{"row": 5, "date": "2026-11-30", "fault": "other_year"}]


def test_e06_an_imported_table_makes_its_year_known_and_is_audited(database: Database) -> None:
    table = holiday_files.parse(file(days=[*STATUTORY, row("2026-12-31"), row("2027-02-13", off=False)]))
    with database.transaction() as db:
        with pytest.raises(HolidaysUnknown):
            holidays.calendar(db).is_working_day(date(2027, 2, 12))
        holidays.keep(db, table, by=CENTRE, now=NINE_IN_SHANGHAI)
    with database.reading() as db:
        calendar = holidays.calendar(db)
        assert calendar.is_working_day(date(2027, 2, 13))
        assert not calendar.is_working_day(date(2026, 12, 31))
        newest = holidays.known_years(db)[0]
        assert (newest.year, newest.source, list(newest.papers)) == (2027, HolidaySource.IMPORTED, [SOURCE])
        entry = audit.history(db, "holidays:2027")[0]
        assert entry.action == "holidays.imported"
        assert entry.detail["digest"] == table.digest


def test_e06_an_imported_table_wins_over_the_package_and_a_second_one_over_the_first(database: Database) -> None:
    days = [{**one, "date": one["date"].replace("2027", "2026")} for one in STATUTORY]
    with database.transaction() as db:
        assert not holidays.calendar(db).is_working_day(date(2026, 2, 20))
        first = holiday_files.parse(file(year=2026, days=days))
        holidays.keep(db, first, by=CENTRE, now=NINE_IN_SHANGHAI)
        assert holidays.calendar(db).is_working_day(date(2026, 2, 20))
        holidays.keep(
            db, holiday_files.parse(file(year=2026, days=[*days, row("2026-02-20")])), by=CENTRE, now=NINE_IN_SHANGHAI
        )
        assert not holidays.calendar(db).is_working_day(date(2026, 2, 20))
        assert [known.year for known in holidays.known_years(db)] == list(range(2026, 2003, -1))
        assert audit.history(db, "holidays:2026")[1].detail["replaced"] == first.digest
        assert audit.verify(db, "holidays:2026") is None

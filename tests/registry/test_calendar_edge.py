"""Windows for everybody; holiday tables for the centre, looked at before they are taken over."""

import json
from typing import Any

import pytest
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from uploads import upload

from examsvc.core import audit
from examsvc.core.db import Database

pytestmark = pytest.mark.slow

STATUTORY = ["2027-01-01", "2027-10-01", "2027-10-02", "2027-10-03"]


def table(*, off: tuple[str, ...] = (), on: tuple[str, ...] = (), leave_out: str = "") -> dict[str, Any]:
    days = [{"name": "节", "date": day, "isOffDay": True} for day in (*STATUTORY, *off) if day != leave_out]
    days += [{"name": "节", "date": day, "isOffDay": False} for day in on]
    whole = {"year": 2027, "papers": ["https://www.gov.cn/example.htm"], "days": days}
    return upload("file", json.dumps(whole).encode(), "2027.json")


def post(caller: Caller, dry_run: str, **options: Any) -> Any:
    return caller.post(f"/api/holidays?dry_run={dry_run}", **options)


def test_e01_e03_everybody_reads_the_windows_of_a_year(nobody: Caller) -> None:
    items = nobody.get("/api/windows?year=2026").json["items"]
    assert [one["first_on"][5:7] for one in items] == ["02", "03", "05", "06", "08", "09", "11", "12"]
    february = items[0]
    assert (february["last_on"], february["is_clamped"], february["last_day_works"]) == ("2026-02-28", True, True)
    assert (february["last_day_name"], february["working_days"]) == ("春节", 5)
    assert [one["first_on"] for one in items if one["is_open"]] == ["2026-11-20"]
    assert nobody.get("/api/windows").json == nobody.get("/api/windows?year=2026").json
    assert nobody.get("/api/windows?year=1999").status_code == 422


def test_e06_a_dry_run_tells_and_changes_nothing_and_the_import_takes_over(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        Casework(db, NINE_IN_SHANGHAI)
    centre = Caller(app).log_in("centre1")
    known = centre.get("/api/holidays").json
    assert [known["policy"], known["items"][0]["year"], known["items"][0]["source"]] == [
        "ROLL_FORWARD",
        2026,
        "PACKAGE",
    ]
    looked = post(centre, "true", **table(off=("2027-02-08",), on=("2027-02-14",))).json
    assert (looked["kept"], looked["replaces"]) == (False, None)
    assert looked["newly_off"] == ["2027-01-01", "2027-02-08", "2027-10-01"]
    assert looked["newly_working"] == ["2027-02-14"]
    assert centre.get("/api/holidays").json["items"][0]["year"] == 2026
    assert post(centre, "false", **table(off=("2027-02-08",), on=("2027-02-14",))).json["kept"] is True
    newest = centre.get("/api/holidays").json["items"][0]
    assert (newest["year"], newest["source"], newest["imported_by_name"]) == (2027, "IMPORTED", "centre1先生")
    assert centre.get("/api/windows?year=2027").json["items"][0]["last_day_works"] is False
    again = post(centre, "false", **table()).json
    assert again["replaces"] == "IMPORTED"
    assert (again["newly_off"], again["newly_working"]) == (["2027-02-14"], ["2027-02-08"])
    with database.reading() as db:
        assert [entry.action for entry in audit.history(db, "holidays:2027")] == ["holidays.imported"] * 2


def test_e06_a_wrong_table_is_refused_with_codes_and_only_the_centre_imports(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        Casework(db, NINE_IN_SHANGHAI)
    centre = Caller(app).log_in("centre1")
    for dry_run in ("true", "false"):
        answer = post(centre, dry_run, **table(leave_out="2027-10-02"))
        assert (answer.status_code, answer.json["code"]) == (422, "bad_holiday_file")
        assert answer.json["faults"] == [{"row": 0, "date": "2027-10-02", "fault": "statutory_day_missing"}]
    assert centre.get("/api/holidays").json["items"][0]["year"] == 2026
    for stranger in ("applicant", "recommender", "bureau"):
        assert post(Caller(app).log_in(stranger), "false", **table()).status_code == 403

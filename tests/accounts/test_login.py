from callers import PASSWORD, Caller
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.accounts import service
from examsvc.accounts.access import COOKIE, CSRF_HEADER
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import system


def test_a_person_logs_in_and_the_service_knows_them(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    me = office.get("/api/me").json
    assert me["roles"] == ["OFFICE"]
    assert me["csrf_token"] == office.csrf_token


def test_unknown_name_and_wrong_password_look_the_same(nobody: Caller, world: World) -> None:
    unknown = nobody.post("/api/login", {"username": "who", "password": PASSWORD})
    wrong = nobody.post("/api/login", {"username": "office", "password": "not it at all"})
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.json == wrong.json


def test_failures_are_counted_by_account_and_never_by_address(app: Flask, nobody: Caller, world: World) -> None:
    for _ in range(10):
        nobody.post("/api/login", {"username": "office", "password": "not it at all"})
    throttled = nobody.post("/api/login", {"username": "office", "password": PASSWORD})
    assert throttled.status_code == 429
    assert throttled.json["code"] == "too_many_attempts"
    assert int(throttled.headers["Retry-After"]) > 0
    Caller(app).log_in("proctor1")


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(app: Flask, world: World) -> None:
    caller = Caller(app)
    answer = caller.post("/api/login", {"username": "office", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert COOKIE in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_candidates_csrf_token_is_told_at_the_log_in_alone(
    app: Flask, world: World, moving_clock: MovableClock
) -> None:
    sitter = Sitter(app, world.enrolments[0], moving_clock).enter()
    assert sitter.csrf_token
    for shown, told in (("", ""), ("伪", ""), (sitter.csrf_token, sitter.csrf_token)):
        assert sitter.get("/api/me", headers={CSRF_HEADER: shown}).json["csrf_token"] == told


def test_a_write_without_the_csrf_token_is_refused(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    office.csrf_token = "0" * 64
    assert office.post("/api/logout").json["code"] == "csrf_token_missing"


def test_a_write_from_another_sites_page_is_refused(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    answer = office.post("/api/logout", headers={"Origin": "https://elsewhere.example"})
    assert answer.json["code"] == "foreign_origin"


def test_logging_out_revokes_a_copied_cookie_too(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    cookie = office.client.get_cookie(COOKIE)
    assert cookie
    assert office.post("/api/logout").status_code == 204
    office.client.set_cookie(COOKIE, cookie.value)
    assert office.get("/api/me").status_code == 401


def test_a_login_ends_by_itself(app: Flask, world: World, moving_clock: MovableClock) -> None:
    office = Caller(app).log_in("office")
    moving_clock.forward(hours=14)
    assert office.get("/api/me").json["code"] == "not_logged_in"


def test_a_disabled_account_is_out_at_once_and_its_old_logins_stay_closed(
    app: Flask, world: World, database: Database
) -> None:
    office, act = Caller(app).log_in("office"), {"by": system("cli"), "now": world.now}
    with database.transaction() as db:
        service.disable(db, "office", **act)
    assert office.get("/api/me").status_code == 401
    assert Caller(app).post("/api/login", {"username": "office", "password": PASSWORD}).status_code == 401
    with database.transaction() as db:
        service.enable(db, "office", **act)
        assert [entry.action for entry in audit.history(db, world.staff["office"].audit_stream)][-2:] == [
            "account.disabled",
            "account.active",
        ]
    assert office.get("/api/me").status_code == 401
    Caller(app).log_in("office")

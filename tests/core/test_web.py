import logging
from pathlib import Path

import pytest
from callers import Caller
from flask import Flask, request
from marshmallow import ValidationError
from sqlalchemy import QueuePool, create_engine, insert
from world import World

from examsvc.accounts.models import Account
from examsvc.app import create_app
from examsvc.core import settings
from examsvc.core.settings import Settings
from examsvc.core.web.edge import transaction
from examsvc.core.web.headers import CONTENT_SECURITY_POLICY
from examsvc.core.web.schemas import Instant


@pytest.mark.sqlite_only
def test_every_answer_has_the_safe_headers_and_a_request_id(nobody: Caller) -> None:
    answer = nobody.get("/healthz", headers={"X-Request-Id": "from-the-proxy-1"})
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe-inline" not in CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Request-Id"] == "from-the-proxy-1"


@pytest.mark.sqlite_only
def test_a_forged_request_id_is_replaced(nobody: Caller) -> None:
    answer = nobody.get("/healthz", headers={"X-Request-Id": "x y;drop"})
    assert answer.headers["X-Request-Id"] != "x y;drop"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("body", "status", "paths"),
    [
        ({}, 422, {"json.username", "json.password"}),
        ({"username": "a", "password": "b", "extra": 1}, 422, {"json.extra"}),
        ({"username": 1, "password": []}, 422, {"json.username", "json.password"}),
        ({"username": "a\x00b", "password": "b"}, 422, {"json.username"}),
    ],
)
def test_bad_fields_are_named_by_their_path(nobody: Caller, body: object, status: int, paths: set[str]) -> None:
    answer = nobody.post("/api/login", body)
    assert answer.status_code == status
    assert answer.json["code"] == "invalid"
    assert set(answer.json["errors"]) == paths


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"username":' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"username":' + b"9" * 5_000 + b"}",
        b'{"username":NaN}',
        b'{"\\ud800":1}',
    ],
)
def test_a_broken_body_is_a_refusal(nobody: Caller, data: bytes) -> None:
    answer = nobody.client.post("/api/login", data=data, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json["code"] == "invalid"
    assert answer.json["errors"]


def test_a_body_that_is_not_json_is_a_refusal(nobody: Caller) -> None:
    answer = nobody.client.post("/api/login", data=b"", content_type="text/plain")
    assert answer.status_code == 422
    assert {"json.username", "json.password"} == set(answer.json["errors"])


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "http://[half"}, "foreign_origin"),
        ({"Origin": "null"}, "foreign_origin"),
        ({"X-CSRF-Token": "\xe9"}, "csrf_token_missing"),
    ],
)
def test_a_write_from_elsewhere_is_refused(nobody: Caller, world: World, headers: dict[str, str], code: str) -> None:
    answer = nobody.log_in("office").post("/api/logout", headers=headers)
    assert answer.status_code == 403
    assert answer.json["code"] == code
    assert nobody.get("/api/me").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/api/registry/filings?q=%00", 422), ("/registry?q=%00", 422), ("/candidate/%00", 404)]
)
def test_a_nul_in_an_address_is_refused(nobody: Caller, path: str, status: int) -> None:
    assert nobody.get(path).status_code == status


def test_an_instant_that_utc_cannot_hold_is_a_wrong_field() -> None:
    with pytest.raises(ValidationError, match="Not a valid"):
        Instant().deserialize("0001-01-01T00:00:00+14:00")


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/api/registry/filings?q=a%00", None),
        ("/registry?q=a%00", None),
        ("/registry.xlsx?q=a%00", None),
        ("/registry?after=%00", None),
        ("/notices?after=%00", None),
        ("/certificates?number=%00", None),
        ("/certificates", {"number": "a\0", "name": "a\0", "proof": "a\0"}),
        ("/objections", {"reference": "a\0", "secret": "a\0"}),
    ],
)
def test_a_character_that_no_database_keeps_is_no_fault_at_any_public_door(
    nobody: Caller, path: str, form: dict[str, str] | None
) -> None:
    answer = nobody.get(path) if form is None else nobody.client.post(path, data=form)
    assert answer.status_code < 500


@pytest.mark.sqlite_only
def test_an_unknown_address_is_a_refusal_or_a_page(nobody: Caller) -> None:
    assert nobody.get("/api/nowhere").json["code"] == "not_found"
    page = nobody.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<html" in page.text


@pytest.mark.sqlite_only
def test_a_fault_is_logged_and_shows_nothing(app_settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(app_settings)

    def fail() -> str:
        raise RuntimeError("the secret of the house")

    app.add_url_rule("/api/fail", view_func=fail)
    with caplog.at_level(logging.ERROR):
        answer = Caller(app).get("/api/fail")
    app.extensions["examsvc.database"].close()
    assert answer.status_code == 500
    assert answer.json["code"] == "internal_server_error"
    assert "secret" not in answer.text
    assert "fault" in caplog.text


@pytest.mark.sqlite_only
def test_who_waits_in_vain_for_the_database_is_asked_to_come_again(app_settings: Settings) -> None:
    app = create_app(app_settings)
    engine = create_engine("sqlite://", poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.01)

    def ask() -> str:
        with engine.connect(), engine.connect():
            return "two of one"

    app.add_url_rule("/api/ask", view_func=ask)
    answer = Caller(app).get("/api/ask")
    app.extensions["examsvc.database"].close()
    engine.dispose()
    assert (answer.status_code, answer.json["code"]) == (503, "overloaded")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("username", "status", "code"), [("office", 409, "conflict"), (None, 500, "internal_server_error")]
)
def test_the_second_who_writes_the_same_is_told_so_and_any_other_broken_constraint_is_a_fault(
    app_settings: Settings, world: World, username: str | None, status: int, code: str
) -> None:
    app = create_app(app_settings)

    def add() -> str:
        with transaction() as db:
            db.execute(insert(Account).values(username=username, display_name="后来的人", created_at=world.now))
        return "added"

    app.add_url_rule("/api/add", view_func=add)
    answer = Caller(app).get("/api/add")
    app.extensions["examsvc.database"].close()
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_behind_own_proxies_the_address_of_the_client_counts(tmp_path: Path) -> None:
    """And what the client itself wrote into the header does not."""
    app = create_app(settings.load({"EXAMSVC_DATA_DIR": str(tmp_path), "EXAMSVC_PROXIES": "1"}))
    app.add_url_rule("/whence", view_func=lambda: request.remote_addr or "")
    answer = Caller(app).get("/whence", headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"})
    app.extensions["examsvc.database"].close()
    assert answer.text == "203.0.113.7"


@pytest.mark.sqlite_only
def test_what_a_person_typed_into_an_address_is_not_logged(nobody: Caller, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        nobody.get("/healthz?identity_number=310101199003073877")
    assert "/healthz" in caplog.text
    assert "310101199003073877" not in caplog.text


def test_the_database_is_asked_before_the_service_says_ready(nobody: Caller, world: World) -> None:
    assert nobody.get("/readyz").json == {"status": "ok"}


@pytest.mark.sqlite_only
def test_every_api_endpoint_says_who_may_call_it(app: Flask) -> None:
    undeclared = [
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and hasattr(app.view_functions[rule.endpoint], "view_class")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not hasattr(getattr(app.view_functions[rule.endpoint].view_class, method.lower()), "access")
    ]
    assert undeclared == []

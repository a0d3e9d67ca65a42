"""The ordinary save goes the short way and is answered like on the long one; everything else goes the long way."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from sitters import Sitter

from examsvc.delivery.receipts import signed
from examsvc.delivery.routes.short_way import ShortWay
from examsvc.delivery.saving import reading
from examsvc.delivery.schemas.responses import ResponseBatch, ResponseReceipt

ENTRY = {
    "seq": 1,
    "item_ref": "q1",
    "answer": {"choice": "a"},
    "flagged": False,
    "client_at": "2026-11-23T01:00:00.000Z",
}
ODD = st.sampled_from(
    [None, True, 0, 1, 2**40, 1.0, "", " ", "q1", " q1 ", "q\x00", "𬎆", [], {}, "true", "1", "x" * 9]
)
INSTANTS = st.sampled_from([
    "2026-11-23T01:00:00Z", "2026-11-23T01:00:00.123456+00:00", "2026-11-23T09:00:00+08:00", "2026-02-30T01:00:00Z",
    "2026-11-23 01:00:00Z", "1999-11-23T01:00:00Z", "2099-12-31T23:59:60Z", "2026-11-23", "٢٠26-11-23T01:00:00Z", 5,
])  # fmt: skip


@pytest.fixture
def long_way(app: Flask) -> Iterable[list[str]]:
    """What went the long way, by status."""
    went: list[str] = []
    short = app.wsgi_app
    assert isinstance(short, ShortWay)
    before = short._long_way

    def count(environ: Any, start_response: Any) -> Iterable[bytes]:
        went.append(environ["PATH_INFO"])
        return before(environ, start_response)

    short._long_way = count
    yield went
    short._long_way = before


def test_an_ordinary_save_goes_the_short_way_and_says_the_same(sitter: Sitter, long_way: list[str]) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    one = sitter.entry(ref, {"choice": "a"})
    long_way.clear()
    short = sitter.send(one)
    assert long_way == []
    body = {"epoch": 1, "entries": [one]}
    long = sitter.put(f"{sitter.path}/responses?way=long", body)
    assert len(long_way) == 1
    assert (short.status_code, short.json) == (long.status_code, long.json)
    assert {name for name, _ in short.headers} == {name for name, _ in long.headers}
    differing = {name for name, value in short.headers if long.headers[name] != value}
    assert differing <= {"X-Request-Id", "Content-Length"}
    assert short.json.keys() == ResponseReceipt().fields.keys()
    assert signed.verified(short.json["receipt"]).seq == 1


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"X-CSRF-Token": "forged"}, 403, "csrf_token_missing"),
        ({"X-CSRF-Token": "伪"}, 403, "csrf_token_missing"),
        ({"Cookie": "examsvc_login="}, 401, "not_logged_in"),
        ({"Origin": "https://elsewhere.example"}, 403, "foreign_origin"),
        ({"Origin": "null"}, 403, "foreign_origin"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "foreign_origin"),
        ({"Content-Type": "text/plain"}, 422, "invalid"),
    ],
)
def test_what_is_not_from_our_page_is_refused_the_long_way(
    sitter: Sitter, long_way: list[str], headers: dict[str, str], status: int, code: str
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    long_way.clear()
    body = json.dumps({"epoch": 1, "entries": [sitter.entry(ref, {"choice": "a"})]})
    sent = {"Content-Type": "application/json", "X-CSRF-Token": sitter.csrf_token, **headers}
    if "Cookie" in headers:
        sitter.client.delete_cookie("examsvc_login")
    answer = sitter.client.put(f"{sitter.path}/responses", data=body, headers=sent)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert len(long_way) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"epoch": NaN}', b" " * 300_000, b"null"]
)
def test_what_is_no_batch_is_refused_the_long_way(sitter: Sitter, long_way: list[str], body: bytes) -> None:
    sitter.begin()
    long_way.clear()
    sent = {"Content-Type": "application/json", "X-CSRF-Token": sitter.csrf_token}
    answer = sitter.client.put(f"{sitter.path}/responses", data=body, headers=sent)
    assert answer.status_code in (400, 422)
    assert len(long_way) == 1


def test_a_stolen_cookie_of_somebody_else_finds_no_sitting(sitter: Sitter, neighbour: Sitter) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    neighbour.enter().path = sitter.path
    neighbour.epoch = 1
    refused = neighbour.send(neighbour.entry(ref, {"choice": "a"}))
    assert (refused.status_code, refused.json["code"]) == (404, "not_found")


def test_a_refused_batch_keeps_its_arrival_on_the_long_way(sitter: Sitter) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    sitter.clock.forward(minutes=60, seconds=36)
    refused = sitter.send(sitter.entry(ref, {"choice": "a"}))
    assert refused.json["code"] == "sitting_closed"
    assert sitter.view()["state"] == "HANDED_IN"


@given(
    st.fixed_dictionaries(
        {"epoch": st.just(1) | ODD, "entries": st.lists(
            st.fixed_dictionaries({
                "seq": st.just(1) | ODD, "item_ref": st.just("q1") | ODD, "answer": st.just({"choice": "a"}) | ODD,
                "flagged": st.booleans() | ODD, "client_at": INSTANTS,
            }), max_size=3) | ODD},
        optional={"more": ODD},
    )
)  # fmt: skip
def test_whatever_is_read_quickly_is_read_the_same_by_the_schema(sent: Any) -> None:
    quick = reading.read(json.dumps(sent).encode())
    try:
        whole = ResponseBatch().load(sent)
    except ValidationError:
        assert quick is None
    else:
        assert quick is None or quick == (whole["epoch"], whole["entries"])


def test_what_our_pages_send_is_read_quickly() -> None:
    quick = reading.read(json.dumps({"epoch": 1, "entries": [ENTRY, {**ENTRY, "seq": 2, "answer": None}]}).encode())
    assert quick
    assert [entry.seq for entry in quick[1]] == [1, 2]
    assert reading.read(json.dumps({"epoch": 1, "entries": [ENTRY] * 200}).encode())
    assert reading.read(json.dumps({"epoch": 1, "entries": [ENTRY] * 201}).encode()) is None
    assert reading.read(b'{"epoch": 1, "entries": []}') is None

from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse
from world import IDENTITY_NUMBERS, World

from certificates import asking
from certificates.models import Certificate
from certificates.numbering import PROVISIONAL
from examsvc.core.db import Database

pytestmark = pytest.mark.slow

PATH = "/api/certificates/query"
FOREIGN_NUMBER = PROVISIONAL.allot(2026)


def asked(caller: Caller, certificate: Certificate, **other: str) -> TestResponse:
    query = {"number": certificate.number, "name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    return caller.post(PATH, query | other)


def test_all_three_together_show_a_masked_answer(nobody: Caller, issued: Certificate) -> None:
    answer = asked(nobody, issued)
    assert answer.status_code == 200
    assert answer.json["state"] == "VALID"
    assert answer.json["number"] == issued.number
    assert answer.json["holder_name"] == "王*明"
    assert answer.json["identity_number"] == "110**************X"
    assert answer.json["scheme"] == "人工智能模型运用"
    assert answer.json["organisation"] == "上海测试有限公司"
    assert answer.json["issued_on"] == "2026-11-23"
    assert answer.json["digest"] == issued.digest
    assert "王小明" not in answer.text
    assert IDENTITY_NUMBERS[0] not in answer.text


def test_what_people_type_loosely_is_found(nobody: Caller, issued: Certificate) -> None:
    loose = asked(
        nobody,
        issued,
        number=issued.number.replace("-", " ").lower(),
        name=" 王小明 ",
        identity_number=IDENTITY_NUMBERS[0].lower(),
    )
    assert loose.status_code == 200


MISSES: list[dict[str, str]] = [
    {"name": "王小朋"},
    {"identity_number": IDENTITY_NUMBERS[1]},
    {"identity_number": "x"},
    {"number": FOREIGN_NUMBER},
    {"number": "SP-2026-0000-0000-0000-0"},
    {"number": "no number at all"},
    {"name": "王小朋", "identity_number": IDENTITY_NUMBERS[1]},
]


def test_every_miss_looks_the_same(nobody: Caller, issued: Certificate) -> None:
    misses = [asked(nobody, issued, **wrong) for wrong in MISSES]
    assert {(miss.status_code, miss.text) for miss in misses} == {(404, misses[0].text)}
    assert misses[0].json["code"] == "certificate_not_found"
    assert len({tuple(sorted(set(miss.headers.keys()))) for miss in misses}) == 1


def test_every_miss_does_the_same_work(database: Database, nobody: Caller, issued: Certificate) -> None:
    def statements(**wrong: str) -> list[str]:
        seen: list[str] = []

        def note(*arguments: Any) -> None:
            seen.append(arguments[2])

        event.listen(database.engine, "before_cursor_execute", note)
        asked(nobody, issued, **wrong)
        event.remove(database.engine, "before_cursor_execute", note)
        return seen

    first, *others = [statements(**wrong) for wrong in MISSES]
    assert len(first) >= 1
    assert all(other == first for other in others)


def test_nothing_is_found_by_an_address(nobody: Caller, issued: Certificate) -> None:
    number = {"number": issued.number, "name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    assert nobody.get(PATH, query_string=number).status_code == 405
    page = nobody.get("/certificates", query_string=number)
    assert issued.digest not in page.text
    assert IDENTITY_NUMBERS[0] not in page.text


def test_the_query_shows_the_state_at_once(app: Flask, nobody: Caller, issued: Certificate) -> None:
    office = Caller(app).log_in("office")
    form = {"number": issued.number, "name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    for verb, state, word in (("suspension", "SUSPENDED", "暂停"), ("withdrawal", "WITHDRAWN", "撤销")):
        assert office.post(f"/api/certificates/{issued.id}/{verb}", {"reason": "复核中"}).status_code == 200
        assert asked(nobody, issued).json["state"] == state
        assert word in nobody.client.post("/certificates", data=form).text


def test_an_address_that_enumerates_is_slowed_down(nobody: Caller, world: World) -> None:
    query = {"name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    codes = [nobody.post(PATH, query | {"number": PROVISIONAL.allot(2026)}).status_code for _ in range(32)]
    assert codes == [404] * 30 + [429] * 2
    throttled = nobody.post(PATH, query | {"number": PROVISIONAL.allot(2026)})
    assert throttled.json["code"] == "too_many_queries"
    assert 0 < int(throttled.headers["Retry-After"]) <= 61


def test_a_number_is_not_tried_with_many_holders_from_many_addresses(app: Flask, issued: Certificate) -> None:
    def guess(address: int, number: str, name: str = "猜") -> TestResponse:
        query = {"number": number, "name": name, "identity_number": IDENTITY_NUMBERS[0]}
        return app.test_client().post(PATH, json=query, environ_base={"REMOTE_ADDR": f"10.0.0.{address}"})

    for number in (issued.number, FOREIGN_NUMBER):  # an unknown number is counted just the same
        codes = [guess(address, number).status_code for address in range(21)]
        assert codes == [404] * 20 + [429]
    assert guess(99, issued.number, "王小明").status_code == 429
    assert guess(99, PROVISIONAL.allot(2026)).status_code == 404


def test_who_finds_the_certificate_is_not_counted_against_its_number(app: Flask, issued: Certificate) -> None:
    query = {"number": issued.number, "name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    for address in range(25):
        found = app.test_client().post(PATH, json=query, environ_base={"REMOTE_ADDR": f"10.0.1.{address}"})
        assert found.status_code == 200


def test_redis_counts_for_all_processes(redis_url: str) -> None:
    one, other = asking.QueryThrottle(redis_url), asking.QueryThrottle(redis_url)
    for _ in range(30):
        one.admit("10.0.2.1", "SP")
    with pytest.raises(asking.TooManyQueries):
        other.admit("10.0.2.1", "SP")

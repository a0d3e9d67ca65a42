import pytest
from callers import PASSWORD, Caller
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.accounts import passwords
from examsvc.accounts.models import Account, AccountState
from examsvc.core.db import Database, get


def _try(caller: Caller, ticket: str, proof: str) -> tuple[int, str]:
    answer = caller.post("/api/candidate/login", {"ticket_number": ticket, "proof": proof})
    return answer.status_code, answer.json.get("code", "")


def _set(database: Database, sitter: Sitter, **columns: object) -> None:
    with database.transaction() as db:
        account = get(db, Account, sitter.enrolment.candidate.account_id)
        for name, value in columns.items():
            setattr(account, name, value)


def test_a_candidate_logs_in_by_ticket_and_the_last_six_characters(sitter: Sitter) -> None:
    me = sitter.enter().get("/api/me").json
    assert me["roles"] == ["CANDIDATE"]
    assert me["name"] == "王小明"


def test_the_last_character_may_be_a_small_x(sitter: Sitter) -> None:
    assert sitter.digits.endswith("X")
    assert _try(sitter, sitter.enrolment.ticket_number, f" {sitter.digits.lower()} ") == (200, "")


def test_a_candidate_with_a_password_logs_in_by_it(sitter: Sitter, database: Database) -> None:
    _set(database, sitter, password_hash=passwords.hashed(PASSWORD))
    assert _try(sitter, sitter.enrolment.ticket_number, PASSWORD) == (200, "")
    assert _try(sitter, sitter.enrolment.ticket_number, "another password") == (401, "wrong_credentials")


def test_everything_that_is_wrong_looks_the_same(nobody: Caller, sitter: Sitter, neighbour: Sitter) -> None:
    ticket = sitter.enrolment.ticket_number
    tries = [(ticket, "000000"), (ticket, neighbour.digits), ("26112300000000", sitter.digits), (ticket, "x" * 200)]
    answers = [
        nobody.post("/api/candidate/login", {"ticket_number": number, "proof": proof}) for number, proof in tries
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.get_data() for answer in answers}) == 1


def test_a_disabled_account_does_not_log_in(sitter: Sitter, database: Database) -> None:
    _set(database, sitter, state=AccountState.DISABLED)
    assert _try(sitter, sitter.enrolment.ticket_number, sitter.digits) == (401, "wrong_credentials")


def test_the_digits_path_never_touches_a_slow_hash(sitter: Sitter, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> bool:
        raise AssertionError("a slow hash was verified")

    monkeypatch.setattr(passwords, "matches", slow)
    ticket = sitter.enrolment.ticket_number
    assert _try(sitter, ticket, sitter.digits) == (200, "")
    assert _try(sitter, ticket, "000000")[0] == 401
    assert _try(sitter, "unknown", "a long password")[0] == 401


def test_failures_are_counted_for_the_ticket(sitter: Sitter) -> None:
    ticket = sitter.enrolment.ticket_number
    assert [_try(sitter, ticket, "000000")[0] for _ in range(11)] == [401] * 10 + [429]
    assert _try(sitter, ticket, sitter.digits) == (429, "too_many_attempts")


def test_a_success_forgets_the_ticket_s_failures(sitter: Sitter) -> None:
    ticket = sitter.enrolment.ticket_number
    for _ in range(9):
        _try(sitter, ticket, "000000")
    assert _try(sitter, ticket, sitter.digits)[0] == 200
    assert [_try(sitter, ticket, "000000")[0] for _ in range(10)] == [401] * 10


@pytest.mark.slow
def test_a_whole_room_logs_in_after_a_thousand_failures_from_the_same_address(
    app: Flask, nobody: Caller, sitter: Sitter, neighbour: Sitter
) -> None:
    for number in range(1000):
        assert _try(nobody, f"2611239999{number:04d}", "000000")[0] == 401
    assert sitter.enter().get("/api/me").status_code == 200
    assert neighbour.enter().get("/api/me").status_code == 200


def test_staff_are_listed_by_role_to_the_office_and_candidates_never(app: Flask, world: World, sitter: Sitter) -> None:
    office = Caller(app).log_in("office")
    names = [member["name"] for member in office.get("/api/staff?role=EXAMINER").json["items"]]
    assert names == ["examiner1先生", "examiner2先生", "examiner3先生"]
    assert office.get("/api/staff?role=CANDIDATE").status_code == 422
    assert office.get("/api/staff").status_code == 422
    assert sitter.enter().get("/api/staff?role=EXAMINER").json["code"] == "not_allowed"

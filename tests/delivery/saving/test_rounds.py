"""Many batches in one transaction: each fails alone, and what is stored is what storing them one by one would leave."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from callers import Caller
from flask import Flask
from pages import batch, token_of, told
from sitters import Sitter
from sqlalchemy import text, update
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account, Login
from examsvc.core.db import Database
from examsvc.core.identity import system
from examsvc.delivery import clocks, finding, finishing, invigilating, responding, signals, verifying
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.saving import service as saving
from examsvc.delivery.saving.service import Together
from examsvc.delivery.states import ExamSessionState

A, B, C = ({"choice": choice} for choice in "abc")
MS = timedelta(milliseconds=1)
TRIGGERS = {
    True: "CREATE TRIGGER poison BEFORE INSERT ON responses WHEN NEW.flagged BEGIN SELECT RAISE(ABORT, 'poison'); END",
    False: "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.flagged THEN "
    "RAISE 'poison'; END IF; RETURN NEW; END $$; "
    "CREATE TRIGGER poison BEFORE INSERT ON responses FOR EACH ROW EXECUTE FUNCTION poison()",
}


def _log(database: Database, sitter: Sitter) -> list[Any]:
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None
        return [(row.epoch, row.seq, row.answer) for row in responding.log(db, sitter.enrolment.sitting.id)]


def test_the_good_are_stored_and_every_other_is_refused_alone(
    app: Flask, room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one, two, three = room
    office = Caller(app).log_in("office")
    cookie = office.client.get_cookie("examsvc_login")
    assert cookie
    good = batch(one, (1, ref, A))
    outcomes = together(
        [
            good,
            batch(two, (1, ref, A), epoch=9),
            batch(two, (2, ref, A)),
            batch(two, (1, ref, {"choice": "z"})),
            batch(two, (1, "q99", None)),
            batch(two, (1, ref, A), (1, ref, B)),
            replace(good, token=token_of(two)),
            replace(good, token="nobody"),
            replace(good, token=cookie.value),
            replace(good, sitting_id=uuid4()),
            batch(three, (1, ref, B)),
        ]
    )
    assert [told(outcome) for outcome in outcomes] == [
        1, "epoch_superseded", "seq_gap", "bad_answer", "unknown_question", "seq_conflict",
        "not_found", "not_logged_in", "not_allowed", "alone", 1,
    ]  # fmt: skip
    assert [_log(database, sitter) for sitter in room] == [[(1, 1, A)], [], [(1, 1, B)]]


def test_batches_of_one_sitting_in_one_round_follow_one_another(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one = room[0]
    first, second = batch(one, (1, ref, A), (2, ref, B)), batch(one, (3, ref, C))
    other = batch(one, (2, ref, C))
    outcomes = together([first, second, first, other, batch(one, (5, ref, A)), batch(one, (4, ref, None))])
    assert [told(outcome) for outcome in outcomes] == [2, 3, 3, "seq_conflict", "seq_gap", 4]
    assert [row[1:] for row in _log(database, one)] == [(1, A), (2, B), (3, C), (4, None)]
    assert one.view()["answered_count"] == 0


def test_repeats_of_earlier_rounds_are_known_and_contradictions_refused(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one, two, _ = room
    together([batch(one, (1, ref, A), (2, ref, B)), batch(two, (1, ref, A))])
    again = together([batch(one, (1, ref, A)), batch(two, (1, ref, B)), batch(one, (2, ref, B), (3, ref, C))])
    assert [told(outcome) for outcome in again] == [2, "seq_conflict", 3]
    assert len(_log(database, one)) == 3


def test_a_row_that_the_database_refuses_stops_nobody_else(
    room: list[Sitter], ref: str, together: Together, database: Database, poison: None
) -> None:
    one, two, three = room
    bad = batch(two, (1, ref, A))
    bad = replace(bad, entries=[replace(bad.entries[0], flagged=True)])
    good = [batch(one, (1, ref, A)), batch(three, (1, ref, B))]
    assert [told(outcome) for outcome in together([good[0], bad, good[1]])] == ["alone"] * 3
    for each in good:
        assert saving.save(database, each).last_seq == 1
    with pytest.raises(Exception, match="poison"):
        saving.save(database, bad)
    assert [len(_log(database, sitter)) for sitter in room] == [1, 0, 1]


@pytest.fixture
def poison(database: Database, room: list[Sitter]) -> Iterator[None]:
    """The database itself refuses flagged responses."""
    with database.engine.begin() as connection:
        connection.execute(text(TRIGGERS[database.is_sqlite]))
    yield
    drop = "" if database.is_sqlite else "; DROP FUNCTION poison"
    with database.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER poison{'' if database.is_sqlite else ' ON responses'}{drop}"))


def test_a_revoked_login_and_a_disabled_account_are_refused_at_once(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one, two, three = room
    with database.transaction() as db:
        revoked = update(Login).where(Login.account_id == one.enrolment.candidate.account_id)
        db.execute(revoked.values(revoked_at=one.clock()))
        account = db.get_one(Account, two.enrolment.candidate.account_id)
        accounts.disable(db, account.username, by=system("tests"), now=two.clock())
    outcomes = together([batch(sitter, (1, ref, A)) for sitter in (one, two, three)])
    assert [told(outcome) for outcome in outcomes] == ["not_logged_in", "not_logged_in", 1]


def test_each_arrival_decides_for_itself_whether_it_is_late(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one, two, three = room
    end = one.clock() + timedelta(minutes=60, seconds=15)
    arrivals = [(one, end), (two, end + MS), (three, end - MS)]
    outcomes = together([batch(sitter, (1, ref, A), arrived_at=at) for sitter, at in arrivals])
    assert [told(outcome) for outcome in outcomes] == [1, "sitting_closed", 1]
    assert [len(_log(database, sitter)) for sitter in room] == [1, 0, 1]


def test_what_arrived_in_time_but_after_the_end_was_settled_is_stored_alone_and_valued(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one, two, _ = room
    own_id, arrived_at = one.enrolment.sitting.id, one.clock() + timedelta(minutes=60, seconds=10)
    with database.transaction() as db:
        finishing.settle(db, own_id, now=arrived_at + timedelta(seconds=9))
    late = batch(one, (1, ref, A), arrived_at=arrived_at)
    assert [told(outcome) for outcome in together([late, batch(two, (1, ref, B))])] == ["alone", 1]
    heard: list[object] = []

    def hear(sitting: Sitting, **_: object) -> None:
        heard.append(sitting.id)

    with signals.sitting_finished.connected_to(hear):
        assert saving.save(database, late).last_seq == 1
    assert heard == [own_id]


def test_a_paused_sitting_takes_what_was_under_way(
    room: list[Sitter], ref: str, together: Together, database: Database, world: World
) -> None:
    one, two, _ = room
    with database.transaction() as db:
        invigilating.pause(db, one.enrolment.sitting.id, reason="断电", by=world.by("proctor1"), now=one.clock())
    outcomes = together([batch(one, (1, ref, A)), batch(two, (1, ref, A))])
    assert [told(outcome) for outcome in outcomes] == [1, 1]


def test_a_draft_looks_as_if_it_was_not_there(
    room: list[Sitter], ref: str, together: Together, database: Database, world: World
) -> None:
    with database.transaction() as db:
        db.get_one(ExamSession, world.exam_session.id).state = ExamSessionState.DRAFT
    assert told(together([batch(room[0], (1, ref, A))])[0]) == "not_found"


def test_answers_are_counted_right_where_the_sitting_does_not_say_which_and_after_others_wrote(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one = room[0]
    other = one.refs()["TRUE_FALSE"]
    together([batch(one, (1, ref, A))])
    with database.transaction() as db:
        db.execute(update(Sitting).values(answered_refs=None))
    saving.save_alone(database, batch(one, (2, other, {"value": True})))
    assert told(together([batch(one, (3, ref, None))])[0]) == 3
    assert one.view()["answered_count"] == 1


def test_progress_is_announced_once_it_is_committed(room: list[Sitter], ref: str, database: Database) -> None:
    one = room[0]
    seen: list[int] = []

    def look(sitting: Any, **_: object) -> None:
        with database.reading() as db:
            seen.append(db.get_one(Sitting, sitting.id).last_seq)

    first = batch(one, (1, ref, A))
    with signals.sitting_progressed.connected_to(look):
        saving.save(database, first)
        saving.save(database, first)
    assert seen == [1]


def test_who_listens_and_fails_takes_no_receipt_away(room: list[Sitter], ref: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("deaf")

    with signals.sitting_progressed.connected_to(fail):
        assert room[0].send(room[0].entry(ref, A)).status_code == 200


def test_time_means_the_same_to_a_round_as_to_everybody_else(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one = room[0]
    with database.transaction() as db:
        db.execute(update(Sitting).values(extra_seconds=61, paused_seconds=7))
    with together._store.round() as held:
        standing = held.look_up([], [one.enrolment.sitting.id]).standings[one.enrolment.sitting.id]
    with database.reading() as db:
        sitting = db.get_one(Sitting, one.enrolment.sitting.id)
        for minutes in range(0, 200, 13):
            now = one.clock() + timedelta(minutes=minutes)
            assert standing.timing(now) == clocks.timing_of(sitting, now)


@pytest.mark.postgresql_only
def test_a_sitting_that_somebody_holds_keeps_nobody_else_waiting(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one, two, _ = room
    with database.transaction() as db:
        finding.locked(db, one.enrolment.sitting.id)
        outcomes = together([batch(one, (1, ref, A)), batch(two, (1, ref, B))])
    assert [told(outcome) for outcome in outcomes] == ["alone", 1]
    assert saving.save(database, batch(one, (1, ref, A))).last_seq == 1


@pytest.mark.postgresql_only
def test_a_broken_connection_costs_no_answer(
    room: list[Sitter], ref: str, together: Together, database: Database
) -> None:
    one = room[0]
    assert told(together([batch(one, (1, ref, A))])[0]) == 1
    pid = together._store._kept.driver_connection.info.backend_pid  # type: ignore[attr-defined]
    with database.engine.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    second = batch(one, (2, ref, B))
    assert told(together([second])[0]) == "alone"
    assert saving.save(database, second).last_seq == 2
    assert told(together([batch(one, (3, ref, C))])[0]) == 3
    assert len(_log(database, one)) == 3

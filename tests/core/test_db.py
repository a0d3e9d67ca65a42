import threading
import traceback
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from examsvc.accounts.models import Account
from examsvc.core import clock, engines
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, after_commit, only


def _account(username: str, created_at: datetime) -> Account:
    return Account(username=username, display_name=username, created_at=created_at)


def test_an_instant_comes_back_as_it_went_in(database: Database, moving_clock: MovableClock) -> None:
    moving_clock.forward(microseconds=654321)
    with database.transaction() as db:
        db.add(_account("a", clock.now().astimezone(clock.SHANGHAI)))
    with database.reading() as db:
        found = only(db, Account, username="a")
    assert found is not None
    assert found.created_at == clock.now()
    assert found.created_at.utcoffset() is not None


def test_a_naive_instant_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"), database.transaction() as db:
        db.add(_account("a", datetime(2026, 1, 1)))  # noqa: DTZ001 (that is the point)


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.transaction() as db:
        db.add(_account("a", clock.now()))
        db.flush()
        raise RuntimeError
    with database.reading() as db:
        assert only(db, Account, username="a") is None


def test_who_only_reads_cannot_write(database: Database) -> None:
    with pytest.raises(RuntimeError, match="reading"), database.reading() as db:
        db.add(_account("a", clock.now()))
        db.flush()
    with database.reading() as db:
        assert only(db, Account, username="a") is None


def test_who_only_reads_streams_nothing_because_a_cursor_needs_a_transaction(database: Database) -> None:
    streamed = select(Account).execution_options(yield_per=10)
    with pytest.raises(RuntimeError, match="stream"), database.reading() as db:
        db.scalars(streamed).all()
    with database.transaction() as db:
        assert list(db.scalars(streamed)) == []


def test_a_connection_that_broke_while_it_rested_is_replaced(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.is_sqlite:
        return
    _break_the_resting_connection(database)
    monkeypatch.setattr(engines, "RESTS_SECONDS", 0.0)
    with database.reading() as db:
        assert db.scalar(text("SELECT 1")) == 1


def test_a_connection_that_broke_just_after_its_use_fails_once(database: Database) -> None:
    if database.is_sqlite:
        return
    _break_the_resting_connection(database)
    with pytest.raises(OperationalError), database.reading() as db:
        db.scalar(text("SELECT 1"))
    with database.reading() as db:
        assert db.scalar(text("SELECT 1")) == 1


def _break_the_resting_connection(database: Database) -> None:
    database.close()
    with database.reading() as db:
        pid = db.scalar(text("SELECT pg_backend_pid()"))
    another = Database(database.url.render_as_string(hide_password=False))
    with another.transaction() as db:
        db.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    another.close()


def test_what_is_due_after_the_commit_runs_only_then(database: Database) -> None:
    ran = []
    with database.transaction() as db:
        after_commit(db, lambda: ran.append("committed"))
        assert ran == []
    with pytest.raises(RuntimeError), database.transaction() as db:
        after_commit(db, lambda: ran.append("undone"))
        raise RuntimeError
    assert ran == ["committed"]


def test_what_fails_after_the_commit_fails_nothing_else(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    ran = []
    with database.transaction() as db:
        after_commit(db, lambda: 1 // 0)
        after_commit(db, lambda: ran.append("other"))
    assert ran == ["other"]
    assert "after the commit failed" in caplog.text


def test_a_fault_does_not_tell_what_was_to_be_stored(database: Database) -> None:
    with pytest.raises(IntegrityError) as fault, database.transaction() as db:
        db.add_all([_account("31010119900307", clock.now()), _account("31010119900307", clock.now())])
    assert "31010119900307" not in "".join(traceback.format_exception(fault.value))


def test_a_state_outside_the_enumeration_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.add(_account("a", clock.now()))
        db.flush()
        db.execute(text("UPDATE accounts SET state = 'GONE'"))


def test_writers_wait_for_one_another(database: Database) -> None:
    with database.transaction() as db:
        db.add(_account("counter", clock.now()))

    def lengthen() -> None:
        for _ in range(20):
            with database.transaction() as db:
                account = db.query(Account).filter_by(username="counter").with_for_update().one()
                account.display_name += "x"

    threads = [threading.Thread(target=lengthen) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as db:
        found = only(db, Account, username="counter")
    assert found is not None
    assert found.display_name == "counter" + "x" * 80


def test_a_receipt_on_sqlite_survives_a_power_cut(database: Database) -> None:
    if not database.is_sqlite:
        return
    with database.reading() as db:
        assert db.scalar(text("PRAGMA journal_mode")) == "wal"
        assert db.scalar(text("PRAGMA synchronous")) == 2
        assert db.scalar(text("PRAGMA foreign_keys")) == 1

import logging
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import ids, sweeps
from examsvc.core.db import Database, get, only
from examsvc.core.sweeps import Share, Sweep


def test_one_bad_row_stops_nothing(database: Database, moving_clock: object, caplog: pytest.LogCaptureFixture) -> None:
    with database.transaction() as db:
        for username in ("a", "bad", "c"):
            db.add(Account(username=username, display_name="", created_at=datetime.fromisoformat("2026-01-01T00:00Z")))

    def due(db: Session, now: datetime) -> Iterable[UUID]:
        return [account.id for account in db.query(Account).order_by(Account.username)]

    def settle(db: Session, key: UUID, now: datetime) -> None:
        account = get(db, Account, key)
        account.display_name = "settled"
        db.flush()
        if account.username == "bad":
            raise RuntimeError("a bad row")

    with caplog.at_level(logging.ERROR):
        assert sweeps.run(database, [Sweep("test", due, settle)]) == 2
    with database.reading() as db:
        bad, good = only(db, Account, username="bad"), only(db, Account, username="c")
    assert bad is not None
    assert good is not None
    assert bad.display_name == ""
    assert good.display_name == "settled"
    assert "sweep failed for one row" in caplog.text


def test_one_bad_row_in_a_batch_stops_no_other_of_it(
    database: Database, moving_clock: object, caplog: pytest.LogCaptureFixture
) -> None:
    with database.transaction() as db:
        for username in ("a", "bad", "c"):
            db.add(Account(username=username, display_name="", created_at=datetime.fromisoformat("2026-01-01T00:00Z")))

    def due(db: Session, now: datetime) -> Iterable[UUID]:
        return [account.id for account in db.query(Account).order_by(Account.username)]

    def settle(db: Session, key: UUID, now: datetime) -> None:
        account = get(db, Account, key)
        account.display_name += "settled"
        db.flush()
        if account.username == "bad":
            raise RuntimeError("a bad row")

    def settle_many(db: Session, keys: Sequence[UUID], now: datetime) -> None:
        for key in keys:
            settle(db, key, now)

    with caplog.at_level(logging.ERROR):
        assert sweeps.run(database, [Sweep("test", due, settle, settle_many)]) == 2
    with database.reading() as db:
        assert [account.display_name for account in db.query(Account).order_by(Account.username)] == [
            "settled",
            "",
            "settled",
        ]
    assert "one by one" in caplog.text


@pytest.mark.postgresql_only
def test_while_postgresql_has_one_batch_the_next_is_under_way(database: Database) -> None:
    keys = [ids.new_id() for _ in range(2 * sweeps.BATCH + 1)]
    both, settled = Barrier(2), []

    def settle_many(db: Session, some: Sequence[UUID], now: datetime) -> None:
        db.execute(select(1))
        both.wait(10)
        settled.extend(some)

    def settle(db: Session, key: UUID, now: datetime) -> None:
        settled.append(key)

    assert sweeps.run(database, [Sweep("test", lambda *_: keys, settle, settle_many)]) == len(keys)
    assert sorted(settled) == sorted(keys)


def test_a_sweep_that_cannot_tell_what_is_due_stops_no_other(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(db: Session, now: datetime) -> Iterable[UUID]:
        raise ValueError("an unknown state")

    nothing = Sweep("broken", fail, lambda *_: None)
    one_row = Sweep("sound", lambda *_: [ids.new_id()], lambda *_: None)
    with caplog.at_level(logging.ERROR):
        assert sweeps.run(database, [nothing, one_row]) == 1
    assert "a sweep failed" in caplog.text


@pytest.mark.slow
def test_under_gevent_others_get_the_writer_between_two_rows(tmp_path: Path) -> None:
    """A long round must not hold back the answers that come in meanwhile."""
    program = f"""
from gevent import monkey; monkey.patch_all()
import threading
from sqlalchemy import text
from examsvc.core import ids, sweeps
from examsvc.core.db import Database
database, order = Database("sqlite:///{tmp_path}/x.sqlite"), []
def answer():
    with database.transaction():
        order.append("answer")
def settle(db, key, now):
    order.append("row")
    if order == ["row"]:
        threading.Thread(target=answer).start()
sweeps.run(database, [sweeps.Sweep("test", lambda *_: [ids.new_id() for _ in range(9)], settle)])
print(*order)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split().index("answer") < 9


def test_what_several_sweep_is_done_by_each_in_part_and_by_all_of_them_whole(database: Database) -> None:
    keys = [ids.new_id() for _ in range(40)]
    done: list[list[UUID]] = []
    for number in range(3):
        mine: list[UUID] = []
        sweep = Sweep("test", lambda _db, _now: keys, lambda _db, key, _now, mine=mine: mine.append(key))
        assert sweeps.run(database, [sweep], Share(number, 3)) == len(mine)
        done.append(mine)
    assert all(done)
    assert sorted(key for mine in done for key in mine) == sorted(keys)

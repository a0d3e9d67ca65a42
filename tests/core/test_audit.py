import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from examsvc.core import audit, clock
from examsvc.core.audit.models import GENESIS
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import system

BY = system("tests")


def _three_entries(db: Session) -> None:
    for number in range(3):
        audit.append(db, "thing:1", "thing.changed", by=BY, now=clock.now(), number=number)


def test_a_stream_that_nobody_touched_is_whole(db: Session) -> None:
    _three_entries(db)
    assert audit.verify(db, "thing:1") is None
    assert [entry.seq for entry in audit.history(db, "thing:1")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("damage", "seq", "reason"),
    [
        ("UPDATE audit_entries SET action = 'thing.kept' WHERE seq = 2", 2, "altered"),
        ("DELETE FROM audit_entries WHERE seq = 2", 2, "missing or out of order"),
        ("DELETE FROM audit_entries WHERE seq = 3", 2, "last entries or the head are missing"),
        ("DELETE FROM audit_heads", 3, "last entries or the head are missing"),
    ],
)
def test_damage_is_found_where_it_was_done(database: Database, damage: str, seq: int, reason: str) -> None:
    with database.transaction() as db:
        _three_entries(db)
    with database.transaction() as db:
        db.execute(text(damage))
    with database.reading() as db:
        found = audit.verify(db, "thing:1")
    assert found is not None
    assert found.seq == seq
    assert reason in found.reason


def test_streams_do_not_depend_on_one_another(db: Session) -> None:
    _three_entries(db)
    audit.append(db, "thing:2", "thing.changed", by=BY, now=clock.now())
    (first,) = audit.history(db, "thing:2")
    assert (first.seq, first.prev_hash) == (1, GENESIS)


def test_an_entry_reads_back_with_the_hash_it_was_written_with(database: Database, moving_clock: MovableClock) -> None:
    moving_clock.forward(microseconds=123456)
    with database.transaction() as db:
        audit.append(db, "thing:1", "改变", by=BY, now=clock.now(), at=clock.now(), name="𬎆")
    with database.reading() as db:
        (entry,) = audit.history(db, "thing:1")
        assert entry.computed_hash() == entry.hash


def test_many_streams_get_an_entry_each_whether_or_not_they_were_begun(db: Session) -> None:
    _three_entries(db)
    nexts = [("thing:1", {"number": 3}), ("thing:2", {"number": 0})]
    audit.append_each(db, nexts, "thing.changed", by=BY, now=clock.now())
    audit.append(db, "thing:1", "thing.kept", by=BY, now=clock.now())
    assert [len(audit.history(db, stream)) for stream, _ in nexts] == [5, 1]
    assert [audit.verify(db, stream) for stream, _ in nexts] == [None, None]


def test_what_is_appended_together_is_the_same_as_one_by_one(db: Session) -> None:
    with audit.together(db):
        _three_entries(db)
        audit.append(db, "thing:2", "thing.changed", by=BY, now=clock.now())
        assert [audit.history(db, stream) for stream in ("thing:1", "thing:2")] == [[], []]
    audit.append(db, "thing:1", "thing.closed", by=BY, now=clock.now())
    entries = audit.history(db, "thing:1")
    assert [(entry.seq, entry.action, entry.detail.get("number")) for entry in entries] == [
        (1, "thing.changed", 0),
        (2, "thing.changed", 1),
        (3, "thing.changed", 2),
        (4, "thing.closed", None),
    ]
    assert [audit.verify(db, stream) for stream in ("thing:1", "thing:2")] == [None, None]


def test_what_would_come_before_entries_that_are_held_is_refused(db: Session) -> None:
    with pytest.raises(RuntimeError, match="held"), audit.together(db):
        audit.append_each(db, [("thing:1", {})], "thing.changed", by=BY, now=clock.now())


def test_of_what_broke_off_nothing_is_appended_together(db: Session) -> None:
    with pytest.raises(RuntimeError), audit.together(db):
        _three_entries(db)
        raise RuntimeError
    audit.append(db, "thing:1", "thing.changed", by=BY, now=clock.now())
    assert [entry.seq for entry in audit.history(db, "thing:1")] == [1]

"""The connection that rounds keep on PostgreSQL: left when it breaks, closed at the end, and how it asks."""

import psycopg
import pytest

from examsvc.core import cooperating
from examsvc.core.db import Database
from examsvc.delivery.saving import pipelined, statements
from examsvc.delivery.saving.pipelined import PipelinedStore

pytestmark = pytest.mark.postgresql_only


def _kept(store: PipelinedStore) -> "psycopg.Connection[object]":
    with store.round() as held:
        held.look_up([], [])
    return store._connection()


def test_a_round_without_answers_ends_its_transaction(database: Database) -> None:
    store = PipelinedStore(database)
    status = _kept(store).info.transaction_status
    store.close()
    assert status == psycopg.pq.TransactionStatus.IDLE


def test_the_next_round_has_another_connection_when_one_broke(database: Database) -> None:
    store = PipelinedStore(database)
    broken = _kept(store)
    with psycopg.connect(broken.info.dsn, password=broken.info.password, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [broken.info.backend_pid])
    with pytest.raises(psycopg.OperationalError), store.round() as held:
        held.look_up([], [])
    another = _kept(store)
    assert another is not broken
    assert another.fileno() in cooperating._stays_with
    store.close()


def test_it_is_closed_at_the_end_for_its_settings_are_nobody_else_s(database: Database) -> None:
    store = PipelinedStore(database)
    kept = _kept(store)
    number = kept.fileno()
    store.close()
    assert kept.closed
    assert number not in cooperating._stays_with


def test_a_round_that_failed_leaves_the_next_ones_their_statements(database: Database) -> None:
    with database.engine.connect() as usual:  # the pool's last: rounds will keep this one
        driver = usual.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        driver.execute("SELECT 1", prepare=True)
    store = PipelinedStore(database)
    kept = _kept(store)
    assert kept is driver
    for _ in range(2):
        with pytest.raises(RuntimeError, match="the round fails"), store.round() as held:
            held.look_up([], [])
            raise RuntimeError("the round fails")
        assert _kept(store) is kept
        assert kept.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    store.close()


def test_one_that_cannot_be_made_ready_is_not_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = PipelinedStore(database)
    with monkeypatch.context() as patched:
        patched.setattr(pipelined, "_SETTINGS", ("SET nothing = 1",))
        with pytest.raises(psycopg.Error):
            _kept(store)
    assert _kept(store).autocommit
    store.close()


def test_its_statements_are_planned_once_and_kept_from_reading_tables_whole(database: Database) -> None:
    store = PipelinedStore(database)
    kept = _kept(store)
    held = ("plan_cache_mode", "enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin")
    values = kept.execute("SELECT current_setting(name) FROM unnest(%s::text[]) AS name", [list(held)]).fetchall()
    assert [value for (value,) in values] == ["force_generic_plan", *["off"] * 4]
    for _ in range(3):
        _kept(store)
    [(custom,)] = kept.execute("SELECT sum(custom_plans) FROM pg_prepared_statements")
    assert custom == 0
    store.close()


def test_a_plan_is_made_anew_once_it_is_old(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = PipelinedStore(database)

    def asked() -> set[str]:
        return {text for (text,) in _kept(store).execute("SELECT statement FROM pg_prepared_statements")}

    assert statements.FORGET_PLANS not in asked()
    monkeypatch.setattr(pipelined, "PLANS_LAST_SECONDS", 0.0)
    assert statements.FORGET_PLANS in asked()
    store.close()

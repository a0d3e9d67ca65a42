"""The connection that rounds keep on PostgreSQL: left when it breaks, closed at the end, and how it asks."""

import psycopg
import pytest
from world import World

from examsvc.core import cooperating
from examsvc.core.db import Database
from examsvc.delivery.saving import statements
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


def test_its_statements_are_planned_by_key_however_few_rows_there_are(database: Database, world: World) -> None:
    store = PipelinedStore(database)
    kept = _kept(store)
    for statement in (statements.BEARERS, statements.STANDINGS, statements.EXAM_SESSIONS, statements.STORED):
        kept.execute(f"PREPARE planned AS {statement}".encode())
        parameters = "'[]', '[]'" if statement == statements.STORED else "'{}'"
        plan = "\n".join(row[0] for row in kept.execute(f"EXPLAIN EXECUTE planned ({parameters})".encode()))
        kept.execute("DEALLOCATE planned")
        assert plan.count(" Scan using ") == plan.count("Index Cond: ") > 0
        assert "Seq Scan" not in plan
        assert statement == statements.STORED or "$1" in plan  # one plan for all
    store.close()

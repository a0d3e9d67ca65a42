"""The connection that rounds keep on PostgreSQL: left when it breaks, given back as it was taken."""

import psycopg
import pytest

from examsvc.core import cooperating
from examsvc.core.db import Database
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


def test_it_is_given_back_as_it_was_taken(database: Database) -> None:
    store = PipelinedStore(database)
    kept = _kept(store)
    assert kept.autocommit
    store.close()
    assert not kept.autocommit
    assert kept.fileno() not in cooperating._stays_with

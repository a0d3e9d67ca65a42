"""Greenlets and PostgreSQL, in a process of their own: this one is not patched."""

import subprocess
import sys

import pytest

PROGRAM = """
from gevent import monkey
monkey.patch_all()
import sys
import gevent
import psycopg
from examsvc.core import cooperating, pressure
cooperating.install()

finished = []

def ask(name, query, stays=False):
    with psycopg.connect(sys.argv[1]) as connection, connection.pipeline():
        if stays:
            cooperating.stay_with(connection.fileno())
        finished.append((name, connection.execute(query).fetchone()[0]))

gevent.joinall([
    gevent.spawn(ask, "slow", "SELECT 1 FROM pg_sleep(1)", stays=True),
    gevent.spawn(ask, "large", "SELECT length(string_agg(n::text, '')) FROM generate_series(1, 300000) n"),
    gevent.spawn(ask, "quick", "SELECT 2"),
], raise_error=True)
print(finished[-1], len(finished))

def stayed_with(query):
    # what the query gives, and whether another greenlet had its turn meanwhile
    turns = 0

    def count():
        nonlocal turns
        while True:
            turns += 1
            gevent.sleep(0)

    with psycopg.connect(sys.argv[1], autocommit=True) as connection:
        cooperating.stay_with(connection.fileno())
        connection.execute("SELECT 0")
        counting = gevent.spawn(count)
        answer = connection.execute(query).fetchone()[0]
        counting.kill()
        cooperating.leave(connection.fileno())
    return answer, turns > 0

print(stayed_with("SELECT 1"))
pressure.note(0.03)
print(stayed_with("SELECT 1"), stayed_with("SELECT 2 FROM pg_sleep(0.1)"))
own = psycopg.connect(sys.argv[1], autocommit=True)
other = psycopg.connect(sys.argv[1], autocommit=True)
other.execute("SELECT pg_terminate_backend(%s)", [own.info.backend_pid])
try:
    own.execute("SELECT 1")
except psycopg.OperationalError as broken:
    print("broken")
own.close()
other.close()
"""


@pytest.mark.postgresql
def test_one_greenlet_waits_while_others_are_answered_and_a_broken_connection_is_noticed(
    postgresql_server: str,
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, postgresql_server], capture_output=True, text=True, check=True, timeout=120
    )
    assert told.stdout.splitlines() == ["('slow', 1) 3", "(1, True)", "(1, False) (2, True)", "broken"]

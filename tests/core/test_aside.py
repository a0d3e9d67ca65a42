"""Work beside those who wait: in order, shared, ended and begun again; with greenlets, a real thread."""

import subprocess
import sys
from threading import Event, get_ident

import pytest

from examsvc.core.aside import Aside


def test_what_comes_during_the_work_is_worked_on_together_in_its_order() -> None:
    begun, may_go_on, done, seen = Event(), Event(), Event(), []

    def work(numbers: list[int]) -> None:
        seen.append(numbers)
        begun.set()
        assert may_go_on.wait(10)
        if numbers[-1] == 6:
            done.set()

    aside = Aside(work, most=3)
    aside.put(0)
    assert begun.wait(10)
    for number in range(1, 7):
        aside.put(number)
    may_go_on.set()
    assert done.wait(10)
    aside.close()
    assert seen == [[0], [1, 2, 3], [4, 5, 6]]


def test_closing_waits_for_what_was_put_in_and_a_later_order_begins_anew() -> None:
    threads: list[int] = []
    told: list[list[int]] = []

    def work(numbers: list[int]) -> None:
        threads.append(get_ident())
        aside.tell(lambda: told.append(numbers))

    aside = Aside(work, most=100)
    aside.close()
    for number in range(500):
        aside.put(number)
    aside.close()
    assert [number for together in told for number in together] == list(range(500))
    aside.put(500)
    aside.close()
    assert told[-1] == [500]
    assert get_ident() not in threads


PROGRAM = """
from gevent import monkey
monkey.patch_all()
import sys
import threading
import time
import gevent
import psycopg
from examsvc.core import cooperating
import pytest

from examsvc.core.aside import Aside

cooperating.install()
thread = monkey.get_original("_thread", "get_ident")
home, answers, told_in = thread(), {}, set()
real_sleep = monkey.get_original("time", "sleep")

def work(orders):
    with psycopg.connect(sys.argv[1]) as connection, connection.pipeline():
        for name, gate in orders:
            answers[name] = connection.execute("SELECT %s::int * 2", [name]).fetchone()[0], thread() == home
    aside.tell(lambda: (told_in.add(thread()), [gate.release() for _, gate in orders]))

aside = Aside(work, most=10)
waited = []

def ask(name):
    gate = threading.Lock()
    gate.acquire()
    aside.put((name, gate))
    gate.acquire()
    waited.append(answers[name])

turns = 0
def take_turns():
    global turns
    while len(waited) < 30:
        turns += 1
        gevent.sleep(0.001)

gevent.joinall([gevent.spawn(take_turns), *(gevent.spawn(ask, n) for n in range(30))], raise_error=True, timeout=60)
aside.close()
print(sorted(waited) == [(2 * n, False) for n in range(30)], told_in == {home}, turns > 1)
"""


@pytest.mark.postgresql
def test_greenlets_are_told_at_home_what_a_real_thread_found_out(postgresql_server: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, postgresql_server], capture_output=True, text=True, check=True, timeout=120
    )
    assert ended.stdout.split() == ["True"] * 3, ended.stderr


def test_when_many_cost_little_more_than_one_more_are_waited_for() -> None:
    seen: list[list[int]] = []
    aside = Aside(seen.append, most=100, gathers=lambda: 0.3)
    for number in range(5):
        aside.put(number)
    aside.close()
    assert seen == [[0, 1, 2, 3, 4]]

"""Who does not answer pings is found, however many pages there are; whoever went is forgotten."""

import time

import engineio
import pytest
from engineio.packet import MESSAGE, Packet
from engineio.socket import Socket

from examsvc.core import pressure
from examsvc.core.pinging import EARLY_SECONDS, ENOUGH, Pinger


@pytest.fixture
def engine() -> engineio.Server:
    return engineio.Server(async_mode="threading", ping_timeout=10)


def page(engine: engineio.Server, sid: str, *, pinged_ago: float | None) -> Socket:
    made = Socket(engine, sid)
    made.connected, made.last_ping = True, None if pinged_ago is None else time.time() - pinged_ago
    engine.sockets[sid] = made
    return made


def test_only_who_has_not_answered_in_time_is_ended_and_then_forgotten(engine: engineio.Server) -> None:
    pages = [page(engine, name, pinged_ago=ago) for name, ago in (("well", None), ("soon", 9), ("silent", 11))]
    pinger = Pinger(engine)
    pinger.check()
    assert [each.closed for each in pages] == [False, False, True]
    pinger.check()
    assert set(engine.sockets) == {"well", "soon"}


def test_one_that_cannot_be_checked_stops_no_other(engine: engineio.Server, caplog: pytest.LogCaptureFixture) -> None:
    bad, silent = page(engine, "bad", pinged_ago=11), page(engine, "silent", pinged_ago=11)
    bad.last_ping = "never"
    Pinger(engine).check()
    assert silent.closed
    assert "could not be checked" in caplog.text


def test_while_the_process_is_behind_nobody_is_ended_not_even_by_being_sent_something(engine: engineio.Server) -> None:
    silent, pinger = page(engine, "silent", pinged_ago=11), Pinger(engine)
    pressure.note(5.0)
    try:
        pinger.look()
        silent.send(Packet(MESSAGE, "start"))
        assert not silent.closed
    finally:
        pressure.note(0.0)
    pinger.look()
    assert silent.closed


def pinged(engine: engineio.Server, pinger: Pinger, count: int) -> list[Socket]:
    """Return so many pages, one every twentieth of a second, whose next ping is left to the pinger."""
    pages = [page(engine, str(number), pinged_ago=None) for number in range(count)]
    for number, each in enumerate(pages):
        pinger.await_ping(each, number / 20)
    return pages


@pytest.mark.parametrize(("count", "waits"), [(10, EARLY_SECONDS), (ENOUGH * 2, (ENOUGH - 1) / 20)])
def test_pages_are_pinged_together_once_enough_are_due_or_the_first_has_waited(
    engine: engineio.Server, count: int, waits: float
) -> None:
    pinger = Pinger(engine)
    pages = pinged(engine, pinger, count)
    pinger.await_ping(page(engine, "late", pinged_ago=None), 60.0)
    due = engine.ping_interval - EARLY_SECONDS
    pinger.ping(due + waits - 0.01)
    assert all(each.last_ping is None for each in pages)
    pinger.ping(due + waits + 0.01)
    told = [each for each in pages if each.last_ping is not None]
    assert len(told) == min(count, round(waits * 20) + 1)
    assert told == pages[: len(told)]


def test_nobody_is_pinged_before_the_time_and_nobody_twice(engine: engineio.Server) -> None:
    pinger = Pinger(engine)
    pinger.ping(1_000.0)
    (only,) = pinged(engine, pinger, 1)
    pinger.ping(engine.ping_interval - EARLY_SECONDS - 0.01)
    assert only.last_ping is None
    pinger.ping(engine.ping_interval)
    first, only.last_ping = only.last_ping, None
    pinger.ping(engine.ping_interval * 2)
    assert first is not None
    assert only.last_ping is None

"""Who does not answer pings is found, however many pages there are; whoever went is forgotten."""

import time

import engineio
import pytest
from engineio.packet import MESSAGE, Packet
from engineio.socket import Socket

from examsvc.core import pressure
from examsvc.core.pinging import Pinger


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

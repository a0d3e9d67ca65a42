"""Rooms known by page are the same rooms as the library's, whatever pages do."""

import random
from collections.abc import Callable
from typing import Any

import pytest
import socketio

from examsvc.core.socket_rooms import OneProcess

PAGES = 12
DEEDS: dict[str, Callable[[Any, str, str, str], Any]] = {
    "enter": lambda manager, sid, namespace, room: manager.basic_enter_room(sid, namespace, room),
    "leave": lambda manager, sid, namespace, room: manager.basic_leave_room(sid, namespace, room),
    "close": lambda manager, _, namespace, room: manager.basic_close_room(room, namespace),
    "going": lambda manager, sid, namespace, _: manager.pre_disconnect(sid, namespace),
    "gone": lambda manager, sid, namespace, _: manager.disconnect(sid, namespace),
}


def managed(manager: Any) -> Any:
    """The manager with its server, which names pages in their order."""
    ids = (f"sid-{number}" for number in range(1_000))
    socketio.Server(client_manager=manager, async_mode="threading").eio.generate_id = lambda: next(ids)
    return manager


def snapshot(manager: Any) -> Any:
    rooms = {name: {room: dict(pages) for room, pages in found.items()} for name, found in manager.rooms.items()}
    return rooms, manager.callbacks.keys(), manager.pending_connect, manager.pending_disconnect


@pytest.mark.parametrize("seed", range(20))
def test_whatever_pages_do_the_rooms_are_those_of_the_library(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (a test)
    ours, theirs = managed(OneProcess()), managed(socketio.Manager())
    connected: list[tuple[str, str]] = []
    for step in range(200):
        if not connected or rng.random() < 0.3:
            namespace = rng.choice(("/candidate", "/proctor"))
            sid, same = (manager.connect(f"eio-{step}", namespace) for manager in (ours, theirs))
            assert sid == same
            connected.append((sid, namespace))
        else:
            deed, page, room = rng.choice(list(DEEDS)), rng.choice(connected), f"room-{rng.randrange(4)}"
            for manager in (ours, theirs):
                DEEDS[deed](manager, *page, room)
            if deed == "gone":
                connected.remove(page)
        assert snapshot(ours) == snapshot(theirs)


def test_of_who_went_nothing_stays() -> None:
    manager = managed(OneProcess())
    for number in range(PAGES):
        sid = manager.connect(f"eio-{number}", "/candidate")
        manager.basic_enter_room(sid, "/candidate", f"sitting:{number}")
        manager.pre_disconnect(sid, "/candidate")
        manager.disconnect(sid, "/candidate")
        manager.disconnect(sid, "/candidate")
    assert snapshot(manager) == ({}, {}.keys(), {}, {})
    assert manager._entered == {}

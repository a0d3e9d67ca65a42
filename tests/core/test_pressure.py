"""While the process is behind, new lines wait outside; what else is asked is answered."""

from collections.abc import Iterator
from typing import Any

import pytest

from examsvc.core import pressure
from examsvc.core.errors import Overloaded


@pytest.fixture(autouse=True)
def noted() -> Iterator[None]:
    yield
    pressure.note(0.0)


def _asked(path: str) -> tuple[str, dict[str, str]]:
    told: list[Any] = []

    def application(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"served"]

    guarded = pressure.keeping_out(application, "/socket.io/")
    guarded({"PATH_INFO": path}, lambda status, headers: told.append((status, dict(headers))))
    ((status, headers),) = told
    return status, headers


def test_a_process_in_time_has_room() -> None:
    pressure.note(pressure.MOST_LAG_SECONDS)
    pressure.check_room()
    assert _asked("/socket.io/") == ("200 OK", {})


def test_behind_it_keeps_new_lines_out_and_says_when_to_come_again() -> None:
    pressure.note(pressure.MOST_LAG_SECONDS + 0.1)
    status, headers = _asked("/socket.io/")
    assert status.startswith("503")
    assert 3 <= int(headers["Retry-After"]) <= 12
    assert _asked("/api/sittings/1/responses") == ("200 OK", {})
    with pytest.raises(Overloaded):
        pressure.check_room()


def test_who_is_sent_away_does_not_come_back_all_at_once() -> None:
    pressure.note(5.0)
    assert len({_asked("/socket.io/")[1]["Retry-After"] for _ in range(200)}) > 5


def test_more_are_waited_for_only_while_the_process_is_late() -> None:
    pressure.note(0.0)
    assert pressure.gathering_seconds() == 0.0
    try:
        pressure.note(0.2)
        assert pressure.gathering_seconds() == pressure.GATHERING_SECONDS
    finally:
        pressure.note(0.0)

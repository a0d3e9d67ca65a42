import socket

from examsvc.core.sockets import PING_INTERVAL_SECONDS, PING_TIMEOUT_SECONDS
from examsvc.core.websockets import WholeSends
from proctoring.online import FOUND_LOST_WITHIN


def test_a_dead_line_is_found_by_its_ping_before_its_socket_gives_up() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        WholeSends(ours).settimeout(PING_INTERVAL_SECONDS + PING_TIMEOUT_SECONDS)  # as Engine.IO does
        gives_up_after = ours.gettimeout() or 0
    assert gives_up_after > FOUND_LOST_WITHIN.total_seconds() * 1.1

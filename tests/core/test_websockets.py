import socket

from examsvc.core.pinging import CHECKS_EVERY_SECONDS, LOOKS_EVERY_SECONDS
from examsvc.core.sockets import PING_INTERVAL_SECONDS, PING_TIMEOUT_SECONDS
from examsvc.core.websockets import WholeSends


def test_a_dead_line_is_found_by_its_ping_before_its_socket_gives_up() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        WholeSends(ours).settimeout(PING_INTERVAL_SECONDS + PING_TIMEOUT_SECONDS)  # as Engine.IO does
        gives_up_after = ours.gettimeout() or 0
    found_after = PING_INTERVAL_SECONDS + LOOKS_EVERY_SECONDS + PING_TIMEOUT_SECONDS + CHECKS_EVERY_SECONDS
    assert gives_up_after > found_after * 1.1

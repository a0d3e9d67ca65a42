"""The bounds around sockets, on a real gunicorn with its gevent worker."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers
import socketio
import websocket
from patience import wait_until

from examsvc.core import socket_guards
from examsvc.core.socket_guards import MOST_MESSAGE_BYTES, MOST_QUEUED_MESSAGES, FrugalPacket
from examsvc.core.websockets import MOST_UNREAD_MESSAGES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = servers.free_port()
    environ = {**os.environ, "EXAMSVC_DATA_DIR": str(tmp_path_factory.mktemp("data")), "EXAMSVC_REDIS_URL": ""}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-k",
        "gevent",
        "-b",
        f"127.0.0.1:{port}",
        "--log-level",
        "critical",
        "--no-control-socket",
        "--chdir",
        str(Path(__file__).parent),
        "socket_app:load()",
    ]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    try:
        servers.wait_for_http(port, process)
        yield port
    finally:
        servers.stop(process)


@pytest.fixture
def raw(port: int) -> Iterator[websocket.WebSocket]:
    """A websocket that has joined the namespace and offers compression, as browsers do."""
    connection = websocket.create_connection(
        f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
        header=["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"],
        sockopt=[(1, 8, 4096)],  # SOL_SOCKET, SO_RCVBUF: a small window, so that a reader can be slow
        timeout=10,
    )
    assert connection.recv()[0] == "0"
    connection.send("40/t,{}")
    assert connection.recv().startswith("40/t,")
    yield connection
    connection.close()


def state(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/state", timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def test_compression_is_refused_though_browsers_offer_it(raw: websocket.WebSocket) -> None:
    assert "sec-websocket-extensions" not in raw.getheaders()


def test_the_async_mode_is_the_one_that_was_asked_for(port: int) -> None:
    assert state(port)["mode"] == "gevent"


def test_polling_is_refused(port: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/socket.io/?EIO=4&transport=polling", timeout=5)
    assert refused.value.code == 400
    refused.value.close()


def test_a_client_that_does_not_read_is_dropped_with_its_bounded_queue(port: int, raw: websocket.WebSocket) -> None:
    before = state(port)["clients"]
    raw.send(f'42/t,["flood",{MOST_QUEUED_MESSAGES * 10},40000]')
    queued = [0]

    def is_dropped() -> bool:
        seen = state(port)
        queued.append(seen["queued"])
        return bool(seen["clients"] == before - 1)

    wait_until(is_dropped, every=0)
    assert max(queued) <= MOST_QUEUED_MESSAGES + 1  # and the end mark


def test_a_slow_reader_gets_every_message_whole(raw: websocket.WebSocket) -> None:
    raw.send('42/t,["flood",120,40000]')
    time.sleep(1.5)
    for number in range(120):
        message = raw.recv()
        while message == "2":  # a ping
            raw.send("3")
            message = raw.recv()
        whole = message == f'42/t,["part",{{"number":{number},"text":"{chr(97 + number % 26) * 40000}"}}]'
        assert whole, f"message {number} is corrupt"


def test_a_message_to_a_client_that_is_too_large_is_not_sent(raw: websocket.WebSocket) -> None:
    raw.send('42/t,["flood",1,50000]')
    raw.send('42/t,7["slow",1,0]')
    assert raw.recv() == "43/t,7[1]"


def test_a_message_of_a_client_is_measured_before_it_is_read_whole(raw: websocket.WebSocket) -> None:
    with pytest.raises((websocket.WebSocketException, OSError)):
        for _ in range(8):  # fragments of one message that never ends
            raw.send_frame(websocket.ABNF.create_frame(b"x" * (MOST_MESSAGE_BYTES // 4), 0x2, 0))
            time.sleep(0.05)
        raw.settimeout(3)
        answer = raw.recv_frame()
        assert answer.opcode == websocket.ABNF.OPCODE_CLOSE
        assert int.from_bytes(answer.data[:2], "big") == 1009
        raise websocket.WebSocketException("closed")


def test_a_client_that_sends_faster_than_it_is_served_is_dropped(port: int, raw: websocket.WebSocket) -> None:
    before = state(port)["clients"]
    raw.send('42/t,["slow",99,1.0]')
    try:
        for _ in range(MOST_UNREAD_MESSAGES * 3):
            raw.send('42/t,["frame",{},""]')
    except OSError:
        pass
    wait_until(lambda: state(port)["clients"] == before - 1)


def test_events_of_one_client_never_overtake_one_another(port: int) -> None:
    client = socketio.Client()
    client.connect(f"http://127.0.0.1:{port}", namespaces=["/t"], transports=["websocket"])
    client.emit("slow", (1001, 0.3), namespace="/t")
    client.emit("slow", (1002, 0.1), namespace="/t")
    assert client.call("slow", (1003, 0.0), namespace="/t") == 1003
    client.disconnect()
    assert [number for number in state(port)["seen"] if number > 1000] == [1001, 1002, 1003]


def test_a_frame_of_64_kilobytes_comes_through_whole(port: int) -> None:
    client = socketio.Client()
    client.connect(f"http://127.0.0.1:{port}", namespaces=["/t"], transports=["websocket"])
    assert client.call("frame", ({"seq": 1}, os.urandom(64 * 1024)), namespace="/t") == 64 * 1024
    client.disconnect()


def test_a_packet_cannot_announce_more_than_one_binary_part() -> None:
    assert FrugalPacket(encoded_packet='51-/t,["frame",{"_placeholder":true,"num":0}]').attachment_count == 1
    with pytest.raises(ValueError, match="too many"):
        FrugalPacket(encoded_packet='52-/t,["frame"]')


@pytest.mark.parametrize("text", ['2/t,["disconnect"]', '2/t,["connect"]', "2/t,[]", "2/t,[[1]]", "2/t,{}", "2/t"])
def test_a_client_cannot_send_the_servers_own_events(text: str) -> None:
    with pytest.raises(ValueError, match="not an event"):
        FrugalPacket(encoded_packet=text)


def test_only_our_own_server_is_changed() -> None:
    from engineio.async_drivers import threading as driver  # noqa: PLC0415

    guarded = socket_guards.bounded_queue(driver._async["queue"])
    assert driver._async["queue"] is not guarded


def test_a_page_of_another_site_cannot_connect(port: int) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(
            f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", origin="https://elsewhere.example"
        )

"""Two real servers with one PostgreSQL and one Redis: the candidate is connected to one, the proctor to the other."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pictures
import pytest
import requests
import servers
import socketio
from alembic.command import stamp
from patience import PATIENCE_SECONDS, wait_until
from servers import MASTER_KEY
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.access import COOKIE, CSRF_HEADER, csrf_token
from examsvc.app import open_parts
from examsvc.cli.database import alembic_config
from examsvc.core import settings
from examsvc.core.db import Database
from examsvc.delivery.models import Sitting
from proctoring import commanding, frames, live, membership
from proctoring.frames import Frame
from proctoring.sockets import Distant
from proctoring.states import CommandKind

pytestmark = [pytest.mark.postgresql, pytest.mark.redis, pytest.mark.slow]


@dataclass
class Both:
    """Two processes of the service, and the world they share."""

    world: World
    database: Database
    redis_url: str
    ports: list[int] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def browser(self, username: str) -> "Browser":
        with self.database.transaction() as db:
            now = datetime.now(UTC)
            account = db.merge(self.world.staff[username])
            return Browser(accounts.open_login(db, account, user_agent="tests", now=now)[1])

    def candidate(self) -> "Browser":
        with self.database.transaction() as db:
            account = db.merge(self.world.enrolments[0].candidate)
            login = accounts.open_login(
                db, db.get_one(accounts.Account, account.account_id), user_agent="tests", now=datetime.now(UTC)
            )
            return Browser(login[1])


class Browser:
    """A login with its HTTP requests and its socket."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.http = requests.Session()
        self.http.cookies.set(COOKIE, token)
        self.http.headers[CSRF_HEADER] = csrf_token(token)
        self.socket = socketio.Client(reconnection=False, request_timeout=PATIENCE_SECONDS)
        self.heard: list[tuple[str, Any]] = []

    def join(self, port: int, namespace: str, auth: dict[str, str], *events: str) -> None:
        for name in events:
            self.socket.on(name, lambda data, name=name: self.heard.append((name, data)), namespace=namespace)
        headers = {"Cookie": f"{COOKIE}={self.token}"}
        url = f"http://127.0.0.1:{port}"
        self.socket.connect(
            url,
            headers=headers,
            auth=auth,
            namespaces=[namespace],
            transports=["websocket"],
            wait_timeout=PATIENCE_SECONDS,
        )

    def wait_for(self, name: str, check: Callable[[Any], bool], seconds: float = PATIENCE_SECONDS) -> Any:
        def told() -> list[Any]:
            return [data for heard, data in list(self.heard) if heard == name and check(data)]

        return wait_until(told, seconds)[0]


@pytest.fixture
def both(fresh_postgresql: str, redis_url: str, tmp_path: Path) -> Iterator[Both]:
    environ = {
        **os.environ,
        "EXAMSVC_DATABASE_URL": fresh_postgresql,
        "EXAMSVC_REDIS_URL": redis_url,
        "EXAMSVC_MASTER_KEY": MASTER_KEY,
        "EXAMSVC_BLOBS_URL": f"file://{tmp_path}/blobs",
        "EXAMSVC_LOG_LEVEL": "WARNING",
    }
    stamp(alembic_config(fresh_postgresql), "head")  # or the processes beside would refuse to work
    found = settings.load({**environ, "EXAMSVC_DATA_DIR": str(tmp_path)})
    database = open_parts(found)
    with ExitStack() as stack:
        stack.callback(database.close)
        with database.transaction() as db:
            world = World(db, datetime.now(UTC))
            proctors = [world.staff["proctor1"].id]
            membership.assign(db, world.exam_session.id, proctors, by=world.by("office"), now=world.now)
        both = Both(world, database, redis_url)
        for name in ("a", "b"):
            port = servers.free_port()
            own = {**environ, "EXAMSVC_PORT": str(port), "EXAMSVC_DATA_DIR": str(tmp_path / name)}
            both.processes.append(stack.enter_context(served(own, port)))
            both.ports.append(port)
        yield both


@contextmanager
def served(environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:examsvc.server", "examsvc.server:load()"]
    process = subprocess.Popen(command, env=environ)
    try:
        servers.wait_for_http(port, process, PATIENCE_SECONDS)
        yield process
    finally:
        servers.stop(process)


def pack(proctor: Browser, port: int, both: Both, since: int) -> tuple[int, list[Frame]]:
    sitting_id = both.world.enrolments[0].sitting.id
    url = f"http://127.0.0.1:{port}/api/wall/{both.world.exam_session.id}/pack"
    answer = proctor.http.get(url, params={"since": since, "sittings": str(sitting_id)}, timeout=10)
    assert answer.status_code == 200, answer.text
    return frames.unpack(answer.content)


def first_pack(proctor: Browser, port: int, both: Both) -> tuple[int, list[Frame]] | None:
    """Return the pack of all frames so far, when there are any."""
    cursor, shown = pack(proctor, port, both, 0)
    return (cursor, shown) if shown else None


def refusal_of_a_line(browser: Browser, port: int, auth: dict[str, str]) -> str:
    """Return the code that a page's line is refused with."""
    with pytest.raises(socketio.exceptions.ConnectionError):
        browser.join(port, "/candidate", auth, "connect_error")
    browser.http.close()
    code: str = browser.wait_for("connect_error", lambda told: "message" in told)["message"]
    return code


def test_events_frames_commands_and_receipts_cross_from_one_process_to_the_other(both: Both) -> None:
    a, b = both.ports
    candidate, proctor = both.candidate(), both.browser("proctor1")
    sitting_id, exam_session_id = str(both.world.enrolments[0].sitting.id), str(both.world.exam_session.id)
    with ExitStack() as stack:
        for each in (candidate, proctor):
            stack.callback(each.http.close)
            stack.callback(each.socket.disconnect)
        proctor.join(b, "/proctor", {"exam_session_id": exam_session_id}, "tiles", "alert")
        auth = {"sitting_id": sitting_id, "csrf_token": csrf_token(candidate.token)}
        candidate.join(a, "/candidate", auth, "command")
        assert refusal_of_a_line(Browser(candidate.token), a, {"sitting_id": sitting_id}) == "csrf_token_missing"

        def tile(data: dict[str, Any]) -> dict[str, Any]:
            return next((each for each in data["tiles"] if each["sitting_id"] == sitting_id), {})

        proctor.wait_for("tiles", lambda data: tile(data).get("is_connected") is True)

        jpeg = pictures.scene(1)
        meta = {"seq": 1, "taken_at": datetime.now(UTC).isoformat()}
        pack(proctor, b, both, 0)  # the proctor looks through B; the camera of A is told
        taken = candidate.socket.call("frame", (meta, jpeg), namespace="/candidate")
        assert taken == {"next_ms": 5_000, "health": 0}
        cursor, shown = wait_until(lambda: first_pack(proctor, b, both))
        assert [frame.jpeg for frame in shown] == [jpeg]
        assert pack(proctor, b, both, cursor)[1] == []

        assert candidate.socket.call("event", {"kind": "CAMERA_LOST"}, namespace="/candidate") == {}
        proctor.wait_for("tiles", lambda data: (tile(data).get("last_event") or {}).get("kind") == "CAMERA_LOST")

        body = {"id": str(uuid.uuid4()), "kind": "EXTEND", "sitting_id": sitting_id, "text": "断电", "seconds": 300}
        url = f"http://127.0.0.1:{b}/api/wall/{exam_session_id}/commands"
        assert proctor.http.post(url, json=body, timeout=10).json()["reached"] == 1
        command = candidate.wait_for("command", lambda data: data["id"] == body["id"])
        assert (command["kind"], command["seconds"]) == ("EXTEND", 300)
        assert candidate.socket.call("command_shown", {"id": body["id"]}, namespace="/candidate") == {}
        proctor.wait_for("tiles", lambda data: bool((tile(data).get("command") or {}).get("shown_at")))

        live.use(Distant(both.redis_url))  # as the worker does
        stack.callback(live.use, None)
        with both.database.transaction() as db:
            own, office = db.get_one(Sitting, uuid.UUID(sitting_id)), both.world.by("office")
            commanding.relay(db, [own], CommandKind.ACCOMMODATE, "补时", by=office, now=datetime.now(UTC))
        candidate.wait_for("command", lambda data: (data["kind"], data["text"]) == ("ACCOMMODATE", "补时"))

        both.processes[0].kill()  # the candidate's process dies: the wall says so without anybody telling it
        proctor.heard.clear()
        proctor.wait_for("tiles", lambda data: tile(data).get("is_connected") is False, seconds=50)

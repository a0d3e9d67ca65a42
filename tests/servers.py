"""Real servers for the tests: PostgreSQL and Redis on loopback, each in a folder of its own, stopped at the end."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from patience import wait_until

START_SECONDS = 30
MASTER_KEY = "dGVzdHMgb25seTogMzIgYnl0ZXMgb2Yga2V5ISEhISE="
# Nothing of a test's server is to survive a power cut; and nobody but the tests tidies it, or rows move meanwhile.
THROWN_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "autovacuum": "off",
}


class Missing(Exception):
    """A program is not installed; says how to install it."""


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_of(url: str) -> int:
    """Return the port that a URL names."""
    return urlsplit(url).port or 0


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = START_SECONDS) -> None:
    """Return once something listens on the port; raises RuntimeError when the process died or time is up."""
    wait_until(lambda: _listens(port), seconds, process=process)


def wait_for_http(port: int, process: subprocess.Popen[bytes], seconds: float = START_SECONDS) -> None:
    """Likewise once it answers a request: gunicorn listens seconds before its workers have loaded the application."""
    wait_until(lambda: _answers(port), seconds, process=process)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except (OSError, HTTPException):
            return False
    return True


@contextmanager
def postgresql(folder: Path, **options: str) -> Iterator[str]:
    """Run a PostgreSQL cluster in `folder`, not durable unless `fsync="on"`; yield the URL of its empty database."""
    command, url = postgresql_command(folder, **options)
    with (folder / "postgresql.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for_port(port_of(url), process)
        wait_for_answer(url)
        yield url
    finally:
        stop(process)


def postgresql_command(folder: Path, **options: str) -> tuple[list[str], str]:
    """Make a cluster in `folder`; return the command that runs it and the URL of its empty database."""
    tools = postgresql_tools()
    data, port = folder / "pgdata", free_port()
    as_user = _as_server_user(folder)
    subprocess.run(
        [*as_user, tools / "initdb", "-D", data, "-U", "examsvc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    own = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
    thrown_away = {} if options.get("fsync") == "on" else THROWN_AWAY
    arguments = [
        part for name, value in {**own, **thrown_away, **options}.items() for part in ("-c", f"{name}={value}")
    ]
    command = [*as_user, str(tools / "postgres"), "-D", str(data), *arguments]
    return command, f"postgresql://examsvc@127.0.0.1:{port}/postgres"


def wait_for_answer(url: str) -> None:
    """PostgreSQL listens a little before it takes connections."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            run_sql(url, "SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def named(url: str, database: str) -> str:
    """Return the URL of another database of the same server."""
    return url.rsplit("/", 1)[0] + "/" + database


def run_sql(url: str, statement: str) -> None:
    """Run one statement outside a transaction, as CREATE DATABASE has to be."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run Redis and yield its URL."""
    command, url = redis_command(folder)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port_of(url), process)
        yield url
    finally:
        stop(process)


def redis_command(folder: Path) -> tuple[list[str], str]:
    """Return the command that runs Redis, and its URL."""
    program, port = _program("redis-server", "redis-server"), free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    return command, f"redis://127.0.0.1:{port}/0"


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, gently first."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def postgresql_tools() -> Path:
    """Return the folder of PostgreSQL's programs; raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        raise Missing("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


def _as_server_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: return the prefix that runs it as Debian's postgres user."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    for parent in [folder, *folder.parents]:
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is missing: apt-get install {package}")
    return found

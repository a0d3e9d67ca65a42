"""Connections to PostgreSQL: when one that has gone silent is given up."""

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import servers
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from examsvc.core import engines, outages
from examsvc.core.db import Database

OPTIONS = {
    socket.SO_KEEPALIVE: 1,
    socket.TCP_KEEPIDLE: 30,
    socket.TCP_KEEPINTVL: 10,
    socket.TCP_KEEPCNT: 3,
    socket.TCP_USER_TIMEOUT: 30_000,
}


@pytest.fixture
def silent() -> Iterator[str]:
    """The URL of a server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"postgresql+psycopg://examsvc@127.0.0.1:{listening.getsockname()[1]}/postgres"


def options_of(engine: Engine) -> dict[int, int]:
    with engine.connect() as connection:
        descriptor = connection.connection.dbapi_connection.fileno()  # type: ignore[union-attr]
        with closing(socket.socket(fileno=descriptor)) as line:
            found = {
                name: line.getsockopt(socket.SOL_SOCKET if name == socket.SO_KEEPALIVE else socket.IPPROTO_TCP, name)
                for name in OPTIONS
            }
            line.detach()
    return found


@pytest.mark.postgresql_only
def test_a_connection_that_rests_is_asked_for_a_sign_and_one_that_gives_none_is_lost(database: Database) -> None:
    assert options_of(database.engine) == OPTIONS


@pytest.mark.postgresql_only
def test_the_url_may_say_when_a_connection_is_lost(database: Database) -> None:
    url = database.url.update_query_dict({"keepalives_idle": "7", "connect_timeout": "3"})
    engine = engines.pooled(url.render_as_string(hide_password=False))
    assert options_of(engine) == OPTIONS | {socket.TCP_KEEPIDLE: 7}
    engine.dispose()


def test_a_server_that_never_answers_is_given_up_and_counts_as_an_outage(silent: str) -> None:
    engine = engines.pooled(f"{silent}?connect_timeout=2")
    with pytest.raises(OperationalError) as refused, engine.connect():
        """Nothing is ever said there."""
    assert outages.is_outage(refused.value)


def test_a_connection_is_waited_for_ten_seconds_unless_the_url_says_otherwise() -> None:
    nobody = f"postgresql+psycopg://examsvc@127.0.0.1:{servers.free_port()}/postgres"
    assert [asked_of(url)["connect_timeout"] for url in (nobody, f"{nobody}?connect_timeout=3")] == [10, "3"]


def asked_of(url: str) -> dict[str, Any]:
    """Return what the driver is asked for when the engine connects."""
    engine, asked = engines.pooled(url), dict[str, Any]()
    event.listen(engine, "do_connect", lambda _dialect, _record, _positional, named: asked.update(named))
    with pytest.raises(OperationalError), engine.connect():
        """Nobody listens there."""
    return asked

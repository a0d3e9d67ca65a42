"""Fixtures: a clock that stands still, a real SQLite file or a real PostgreSQL, the application over it."""

import gc
import logging
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parent))

import scenes
import servers
from callers import Caller
from databases import Fill, Keepers, KeptPostgresql, KeptSqlite, closing_all
from moments import NINE_IN_SHANGHAI
from scenes import Stage
from servers import MASTER_KEY
from world import World, read_relations

from examsvc.accounts.throttle import Throttle
from examsvc.app import create_app, open_parts
from examsvc.core import clock, settings
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from examsvc.wiring import METADATA

NEVER_QUICK = {"postgresql", "redis", "browser", "faults", "slow", "hypothesis"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, or one worker is left with it at the end: rehearsals of a minute each wait."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    _mark_quick(items)


def _mark_quick(items: list[pytest.Item]) -> None:
    """Mark all that needs no database, and of what does the first of each folder: one step on every way."""
    begun: set[Path] = set()
    for item in items:
        if any(mark.name in NEVER_QUICK for mark in item.iter_markers()):
            continue
        if "keeper" in getattr(item, "fixturenames", ()):
            if item.path.parent in begun:
                continue
            begun.add(item.path.parent)
        item.add_marker(pytest.mark.quick)


def pytest_collection_finish() -> None:
    """Let the collector leave alone what stays to the end: looking through it again and again took a twentieth."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Commands configure the logs of the whole process; the next test begins without that."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture
def moving_clock() -> Iterator[MovableClock]:
    """09:00 on 2026-11-23 in Shanghai, until the test moves it."""
    source = MovableClock(NINE_IN_SHANGHAI)
    with clock.running(source):
        yield source


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    # Not in pytest's own folder, which root alone may enter: the server runs as another user.
    with TemporaryDirectory(prefix="examsvc-postgresql-") as folder, servers.postgresql(Path(folder)) as url:
        yield url


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def kept_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keepers[KeptSqlite]]:
    """Databases to use again in files of their own: with the tables only, or with the world as well."""
    folder = tmp_path_factory.mktemp("sqlite")

    def make(fill: Fill | None) -> KeptSqlite:
        template = folder / f"{'world' if fill else 'empty'}.sqlite"
        return KeptSqlite(_open(folder, f"sqlite:///{template}"), template, fill)

    with closing_all(make, _people) as keepers:
        yield keepers


@pytest.fixture(scope="session")
def kept_postgresql(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Keepers[KeptPostgresql]]:
    """Likewise on PostgreSQL, in one database each."""
    folder = tmp_path_factory.mktemp("kept")

    def make(fill: Fill | None) -> KeptPostgresql:
        return KeptPostgresql(_open(folder, _new_database(postgresql_server)), fill)

    with closing_all(make, _people) as keepers:
        yield keepers


def _people(database: Database) -> World:
    with clock.running(MovableClock(NINE_IN_SHANGHAI)), database.transaction() as session:
        made = World(session, NINE_IN_SHANGHAI)
        read_relations(session)
        return made


def _open(folder: Path, url: str) -> Database:
    return open_parts(settings.load(_environ(folder, url)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses the database once for each kind, or on one alone where the other decides nothing."""
    if "keeper" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        kinds = [] if marked("postgresql_only") else ["sqlite"]
        if not marked("sqlite_only"):
            kinds.append(pytest.param("postgresql", marks=pytest.mark.postgresql))
        metafunc.parametrize("keeper", kinds, indirect=True)


@pytest.fixture
def keeper(request: pytest.FixtureRequest) -> KeptSqlite | KeptPostgresql:
    """What keeps the test's database: one for each kind, and another for whoever asks for the world."""
    keepers: Keepers[KeptSqlite | KeptPostgresql] = request.getfixturevalue(f"kept_{request.param}")
    return keepers(peopled="world" in request.fixturenames)


@pytest.fixture
def kept_database(keeper: KeptSqlite | KeptPostgresql, tmp_path: Path) -> Iterator[Database]:
    """A database as if new; with the world in it for whoever asks for one."""
    yield keeper.renew(tmp_path / "examsvc.sqlite")
    keeper.end_test()


@pytest.fixture
def database_url(kept_database: Database) -> str:
    return kept_database.url.render_as_string(hide_password=False)


@pytest.fixture
def fresh_postgresql(postgresql_server: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a PostgreSQL database of the test's own, with the tables only, for processes of its own."""
    url = _new_database(postgresql_server)
    database = _open(tmp_path, url)
    METADATA.create_all(database.engine)
    database.close()
    yield url
    servers.run_sql(postgresql_server, f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of the test's own, to be brought to an older schema and upgraded from there."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/migrated.sqlite"
    fresh: str = request.getfixturevalue("fresh_postgresql")
    return fresh.replace("postgresql://", "postgresql+psycopg://")


def _new_database(server: str) -> str:
    name = f"test_{secrets.token_hex(6)}"
    servers.run_sql(server, f"CREATE DATABASE {name}")
    return servers.named(server, name)


def _environ(folder: Path, database_url: str) -> dict[str, str]:
    return {
        "EXAMSVC_DATA_DIR": str(folder / "data"),
        "EXAMSVC_DATABASE_URL": database_url,
        "EXAMSVC_MASTER_KEY": MASTER_KEY,
    }


@pytest.fixture
def app_settings(tmp_path: Path, database_url: str) -> Settings:
    return settings.load(_environ(tmp_path, database_url))


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, put together once: that takes a quarter of a second."""
    folder = tmp_path_factory.mktemp("app")
    app = create_app(settings.load(_environ(folder, f"sqlite:///{folder}/unused.sqlite")))
    app.extensions["examsvc.database"].close()
    return app


@pytest.fixture
def app(
    built_app: Flask, app_settings: Settings, kept_database: Database, moving_clock: MovableClock
) -> Iterator[Flask]:
    """The application over the test's own database, files and counters."""
    as_built = dict(built_app.extensions)
    open_parts(app_settings).close()
    own = {"settings": app_settings, "database": kept_database, "throttle": Throttle(None)}
    built_app.extensions.update({f"examsvc.{name}": part for name, part in own.items()})
    yield built_app
    built_app.extensions.clear()
    built_app.extensions.update(as_built)


@pytest.fixture
def stage(
    app: Flask,
    app_settings: Settings,
    keeper: KeptSqlite | KeptPostgresql,
    moving_clock: MovableClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> Stage:
    """Where scenes are played and put back."""
    return Stage(keeper, moving_clock, app_settings.data_dir, tmp_path_factory.getbasetemp() / "scenes")


@pytest.fixture(autouse=True)
def scenes_first(request: pytest.FixtureRequest) -> None:
    """Put scenes back before anything else happens, or they would undo it."""
    for name in request.fixturenames:
        if name in scenes.NAMES:
            request.getfixturevalue(name)


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["examsvc.database"]
    return found


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """One writing transaction for a whole test of verbs."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def world(keeper: KeptSqlite | KeptPostgresql, database: Database) -> World:
    """People, a filed scheme, a bank, a paper and a published exam session of three candidates."""
    made: World = keeper.made()
    return made


@pytest.fixture
def nobody(app: Flask) -> Caller:
    """A browser nobody has logged in with."""
    return Caller(app)

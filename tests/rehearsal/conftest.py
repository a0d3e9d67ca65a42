"""Fixtures of rehearsals: a service that is really served, as a process of its own."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

import running
from running import Service
from world import World


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`examsvc serve` over SQLite with the world in it, which lives in the present here."""
    with running.serving(tmp_path_factory.mktemp("rehearsed")) as started:
        database = started.open_database()
        with database.transaction() as db:
            World(db, datetime.now(UTC))
        database.close()
        yield started

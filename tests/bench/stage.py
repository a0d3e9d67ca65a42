"""What the measurement of saving stands on: seats in PostgreSQL, services under gunicorn, the light client."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import seats
import servers
from alembic import command

from examsvc.app import create_app
from examsvc.cli.database import alembic_config
from examsvc.core import clock, settings
from examsvc.wiring import METADATA

HERE = Path(__file__).parent
SEATS = 2_048
START_SECONDS = 120


def environ_of(folder: Path, server: str, redis: str, processes: int) -> dict[str, str]:
    return {
        "EXAMSVC_DATA_DIR": str(folder / "data"),
        "EXAMSVC_DATABASE_URL": server,
        "EXAMSVC_REDIS_URL": redis,
        "EXAMSVC_PROCESSES": str(processes),
        "EXAMSVC_PORT": str(servers.free_port()),
        "EXAMSVC_MASTER_KEY": servers.MASTER_KEY,
        "EXAMSVC_LOG_LEVEL": "WARNING",
    }


def seated(folder: Path, environ: dict[str, str]) -> Path:
    app = create_app(settings.load(environ))
    database = app.extensions["examsvc.database"]
    METADATA.create_all(database.engine)
    command.stamp(alembic_config(environ["EXAMSVC_DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")), "head")
    with database.transaction() as db:
        seated, answers = seats.take(db, SEATS, clock.now())
    database.close()
    servers.run_sql(environ["EXAMSVC_DATABASE_URL"], "VACUUM ANALYZE")
    file = folder / "seats.json"
    file.write_text(json.dumps({"seats": [asdict(seat) for seat in seated], "answers": answers}))
    return file


@contextmanager
def served(arguments: list[str], environ: dict[str, str], port: int) -> Iterator[int]:
    paths = f"{HERE}:{Path.cwd()}"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *arguments], env={**os.environ, **environ, "PYTHONPATH": paths}
    )
    try:
        servers.wait_for_http(port, process, START_SECONDS)
        yield process.pid
    finally:
        servers.stop(process)


@contextmanager
def client(file: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(HERE / "knocking.py"), str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()

"""Commands that run the service."""

import json
import os
import signal
import sys
import threading
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from examsvc.cli.database import refuse_stale_schema
from examsvc.core import logs, settings, sweeps
from examsvc.core.sweeps import Share

if TYPE_CHECKING:
    from examsvc.worker import Rest

SAID_AT_ONCE = 1024
JOBS_NICENESS = 10  # whoever sits an exam comes first on a machine of few processors


@click.command()
def serve() -> None:
    """Serve the web application (settings come from EXAMSVC_… variables; see README)."""
    found = settings.load()
    refuse_stale_schema(found)
    arguments = [sys.executable, "-m", "gunicorn", "-c", "python:examsvc.server", "examsvc.server:load()"]
    os.execv(sys.executable, arguments)  # noqa: S606 (becomes the server, so that a signal reaches it)


@click.command()
@click.option("--once", is_flag=True, help="Sweep once, run what waits, and leave.")
@click.option("--beside", type=click.Choice(["jobs", "crowds"]), hidden=True, help="Do this while stdin is open.")
@click.option("--share", type=(int, int), default=(0, 1), hidden=True, help="Of the crowds: which part of how many.")
def worker(*, once: bool, beside: str | None, share: tuple[int, int]) -> None:
    """Run the sweeps and the jobs in a process of their own (needed when several processes serve)."""
    from examsvc import beside as processes  # noqa: PLC0415 (`serve` leaves loading the service to gunicorn)
    from examsvc import wiring  # noqa: PLC0415 (likewise)
    from examsvc import worker as sweeper  # noqa: PLC0415 (likewise)
    from examsvc.app import open_parts  # noqa: PLC0415 (likewise)

    found = settings.load()
    logs.configure(found.log_level)
    refuse_stale_schema(found)
    database = open_parts(found)
    rest = sweeper.Rest(sweeper.RESTS_AT_MOST_SECONDS if beside else found.sweep_seconds)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: rest.end())
    if beside:
        threading.Thread(target=_obey_keeper, args=(rest,), daemon=True).start()
    else:
        wiring.speak_from_afar(found)
    if once:
        click.echo(f"{sweeper.sweep_once(database)} settled, {sweeper.run_jobs_once(database)} jobs run")
    elif beside == "jobs":
        os.nice(JOBS_NICENESS)
        sweeper.run_jobs(database, rest)
    elif beside == "crowds":
        sweeper.run(database, rest, repeat(sweeper.CROWDS), Share(*share))
    else:
        sweeper.run(database, rest, sweeps.in_turn(processes.keep(database)))


def _obey_keeper(rest: "Rest") -> None:
    """Go on when the process that keeps this one says so, and stop when it is gone, however it went.

    Then its end of the pipe is closed.
    """
    while os.read(sys.stdin.fileno(), SAID_AT_ONCE):
        rest.wake()
    rest.end()


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def openapi(output: Path | None) -> None:
    """Print the OpenAPI description."""
    from examsvc.app import create_app  # noqa: PLC0415 (`serve` leaves loading the service to gunicorn)

    app = create_app(settings.load())
    description: dict[str, Any] = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    text = json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)

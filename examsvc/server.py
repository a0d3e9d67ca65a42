"""gunicorn's configuration and application: gevent workers; with a single one, what sweeps and works beside it."""

# ruff: noqa: E402 (the process is patched before anything else is imported)
import gevent
from gevent import monkey

gevent.config.track_greenlet_tree = False  # each of thousands of short tasks would keep where it was started
monkey.patch_all()

import gc
import sys
import threading

# Commands load these when they use them. Here the first draw or workbook would hold up everybody for a second.
import docx  # noqa: F401
import openpyxl  # noqa: F401
import scipy.optimize  # noqa: F401
from flask import Flask

from examsvc import beside, worker
from examsvc.app import create_app
from examsvc.core import clock, logs, open_files, settings, sweeps
from examsvc.core.db import Database
from examsvc.delivery.ledger import beating

# Thousands of pages are millions of objects that nothing has to look through again and again; what is young is soon
# looked through, and what it leaves behind would otherwise take the memory of a hundred pages.
COLLECT_AFTER = (10_000, 20, 250)
SWITCH_SECONDS = 0.001  # for so long greenlets take turns before sockets are asked again, or a thread has its turn
_settings = settings.load()

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.processes
worker_class = "gevent"
worker_connections = 30_000  # a page has a socket and for some seconds a connection of HTTP
backlog = 4_096
keepalive = 4  # of every page that asks for something now and then, each second keeps a connection in memory
graceful_timeout = 10
timeout = 60
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "examsvc"
control_socket_disable = True


def load() -> Flask:
    """Return the application for one gunicorn worker; called after gevent has patched the process."""
    logs.configure(_settings.log_level)
    open_files.allow_many()
    app = create_app(_settings, async_mode="gevent")
    _beat_in_background(app.extensions["examsvc.database"])
    if _settings.processes == 1:
        _sweep_in_background(app.extensions["examsvc.database"])
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_SECONDS)
    return app


def _beat_in_background(database: Database) -> None:
    """Beat at once, before any sweep could end what an outage has cost its time."""
    process, stop = beating.new_process(clock.now()), threading.Event()
    beating.beat_once(database, process)
    options = {"stop": stop}
    threading.Thread(
        target=beating.keep_beating, args=(database, process), kwargs=options, name="heartbeat", daemon=True
    ).start()


def _sweep_in_background(database: Database) -> None:
    rounds, rest = sweeps.in_turn(beside.keep(database)), worker.Rest(_settings.sweep_seconds)
    threading.Thread(target=worker.run, args=(database, rest, rounds), name="worker", daemon=True).start()

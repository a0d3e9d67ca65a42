"""gunicorn's configuration and application: gevent workers, and the worker inside when there is one process."""

# ruff: noqa: E402 (the process is patched before anything else is imported)
from gevent import monkey

monkey.patch_all()

import threading

# Commands load these when they use them. Here the first draw or workbook would hold up everybody for a second.
import docx  # noqa: F401
import openpyxl  # noqa: F401
import scipy.optimize  # noqa: F401
from flask import Flask

from examsvc import worker
from examsvc.app import create_app
from examsvc.core import logs, settings
from examsvc.core.db import Database

_settings = settings.load()

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.processes
worker_class = "gevent"
worker_connections = 12_000
backlog = 4_096
keepalive = 75
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
    app = create_app(_settings, async_mode="gevent")
    if _settings.processes == 1:
        _sweep_in_background(app.extensions["examsvc.database"])
    return app


def _sweep_in_background(database: Database) -> None:
    options = {"every_seconds": _settings.sweep_seconds, "stop": threading.Event()}
    threading.Thread(target=worker.run, args=(database,), kwargs=options, name="worker", daemon=True).start()

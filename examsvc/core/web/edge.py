"""The edge's doors to the inside: the app's database, and the moment the request arrived."""

from contextlib import AbstractContextManager
from datetime import datetime

from flask import current_app, g, request
from sqlalchemy.orm import Session

from examsvc.core import clock
from examsvc.core.db import Database
from examsvc.core.settings import Settings


def database() -> Database:
    """Return the running app's database."""
    found: Database = current_app.extensions["examsvc.database"]
    return found


def settings() -> Settings:
    """Return the running app's settings."""
    found: Settings = current_app.extensions["examsvc.settings"]
    return found


def transaction() -> AbstractContextManager[Session]:
    """Open the request's writing transaction."""
    return database().transaction()


def reading() -> AbstractContextManager[Session]:
    """Open the request's reading transaction."""
    return database().reading()


ARRIVED_AT = "examsvc.arrived_at"
"""Where the WSGI environment holds the stamp of a request that was looked at before the application was."""


def stamp_arrival() -> None:
    """Stamp the request before any work is done, so that a slow server never makes an answer late."""
    g.arrived_at = request.environ.get(ARRIVED_AT) or clock.now()


def arrived_at() -> datetime:
    """Return when the request arrived."""
    instant: datetime = g.arrived_at
    return instant

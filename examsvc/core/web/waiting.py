"""What can wait, waits while the process is behind: before anything is looked up for it.

A page marks what it asks for again and again and does not need now. While its line is down that is every 20 seconds:
thousands of such pages would keep the process from ever letting their lines in again.
"""

from flask import Flask, request

from examsvc.core import pressure

CAN_WAIT = "X-Can-Wait"


def register(app: Flask) -> None:
    """Refuse requests that can wait while the process is behind."""
    app.before_request(_check)


def _check() -> None:
    if CAN_WAIT in request.headers:
        pressure.check_room()

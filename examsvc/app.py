"""The Flask application, put together from settings."""

from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO
from werkzeug.middleware.proxy_fix import ProxyFix

from certificates import printing
from examsvc import wiring
from examsvc.accounts import passwords
from examsvc.accounts.throttle import Throttle
from examsvc.core import blobs, cooperating, fonts, sealing, sockets, typesetting
from examsvc.core.calendar import deadlines
from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.db import Database
from examsvc.core.mail import posting
from examsvc.core.settings import Settings
from examsvc.core.web import bodies, headers, origin, pages, refusals, waiting
from examsvc.delivery.rescue import files

MOST_UPLOAD_BYTES = 8 * 1024 * 1024
_WEB = Path(__file__).parent / "core" / "web"


def open_parts(settings: Settings) -> Database:
    """Open what every process of the service needs: keys, blobs, database, subscriptions."""
    sealing.use_master_key(settings.master_key)
    blobs.use_store(settings.blobs_url)
    fonts.use_folders(settings.font_paths)
    printing.use_press(settings.font_paths, settings.public_url)
    deadlines.use_policy(DeadlinePolicy.ROLL_FORWARD if settings.deadline_roll else DeadlinePolicy.FIXED_DATE)
    posting.use_post(settings.smtp_url, settings.mail_from, settings.public_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    wiring.subscribe()
    return Database(settings.database_url)


def create_app(settings: Settings, *, async_mode: str = "threading") -> Flask:
    """Return the application. `async_mode` is Socket.IO's: gevent under the server, threading elsewhere."""
    app = Flask("examsvc", root_path=str(_WEB), static_url_path="/static")
    _configure(app)
    app.extensions["examsvc.settings"] = settings
    app.extensions["examsvc.database"] = open_parts(settings)
    app.extensions["examsvc.throttle"] = Throttle(settings.redis_url)
    for part in (headers, waiting, origin, bodies, refusals, pages):
        part.register(app)
    wiring.add_blueprints(app)
    server = sockets.create(app, settings, async_mode=async_mode)
    passwords.verify_by(sockets.outside_the_loop(server))
    typesetting.compile_by(sockets.outside_the_loop(server))
    files.read_by(sockets.outside_the_loop(server))
    wiring.add_namespaces(server, app)
    wiring.add_short_ways(app)
    if async_mode == "gevent":
        cooperating.install()
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0)  # type: ignore[method-assign]
    return app


def _configure(app: Flask) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_UPLOAD_BYTES,
        API_TITLE="专项职业能力考核 examsvc",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
        PROPAGATE_EXCEPTIONS=False,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]


def socket_server(app: Flask) -> SocketIO:
    """Return the app's Socket.IO server."""
    server: SocketIO = app.extensions["socketio"]
    return server

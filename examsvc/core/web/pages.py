"""Pages that are not an API: the built frontend entries, the API's description for people, health."""

from pathlib import Path

from flask import Blueprint, Flask, Response, jsonify, render_template, send_from_directory
from sqlalchemy import text
from werkzeug.exceptions import NotFound

from examsvc.core.web.edge import reading, settings

ENTRIES = ("candidate", "examiner", "wall", "office")
YEAR_SECONDS = 365 * 24 * 3600

blp = Blueprint("pages", __name__)


def register(app: Flask) -> None:
    """Register the pages; every entry answers under its name with any path behind it."""
    for entry in ENTRIES:
        for rule in (f"/{entry}", f"/{entry}/", f"/{entry}/<path:_rest>"):
            blp_rule = f"{entry}{rule.count('/')}{'_rest' if '<' in rule else ''}"
            app.add_url_rule(rule, blp_rule, _entry_page, defaults={"entry": entry})
    app.register_blueprint(blp)


def _entry_page(entry: str, _rest: str = "") -> Response:
    answer = _built(f"{entry}.html")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blp.get("/app/<path:name>")
def built_file(name: str) -> Response:
    """Serve a file of the frontend build; hashed names never change."""
    answer = _built(name)
    if name.startswith("assets/"):
        answer.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return answer


@blp.get("/api/docs")
def api_docs() -> str:
    """Swagger UI from local files."""
    return render_template("web/docs.html")


@blp.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blp.get("/readyz")
def readyz() -> Response:
    """The database answers too."""
    with reading() as db:
        db.execute(text("SELECT 1"))
    return jsonify(status="ok")


def _built(name: str) -> Response:
    folder: Path = settings().frontend_dir
    if not folder.is_dir():
        raise NotFound("The frontend has not been built (make frontend).")
    return send_from_directory(folder, name)

"""Safe Exam Browser's edge: for candidates' pages, for the browser itself, and for the office."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller, public
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, settings, transaction
from examsvc.core.web.schemas import Nothing
from examsvc.delivery.safe_browser import challenging, keeping, settings_files
from examsvc.delivery.safe_browser.challenging import Shown
from examsvc.delivery.safe_browser.models import SafeBrowserChallenge
from examsvc.delivery.safe_browser.schemas import (
    ChallengeAnswer,
    ChallengeView,
    SafeBrowserKeyInput,
    SafeBrowserView,
)
from examsvc.delivery.safe_browser.settings_files import Making
from examsvc.delivery.safe_browser.states import KeyKind

blp = Blueprint("safe_browser", __name__, url_prefix="/api", description="Safe Exam Browser")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)
HEADERS: Final = {
    KeyKind.CONFIG_KEY: "X-SafeExamBrowser-ConfigKeyHash",
    KeyKind.BROWSER_EXAM_KEY: "X-SafeExamBrowser-RequestHash",
}


@blp.route("/sittings/<uuid:sitting_id>/safe-browser/challenges")
class Challenges(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(Nothing)
    @blp.response(201, ChallengeView)
    def post(self, _body: dict[str, Any], sitting_id: UUID) -> dict[str, Any]:
        """A nonce to prove oneself with, once and soon; this log-in's one before is void."""
        with transaction() as db:
            return _described(challenging.challenge(db, sitting_id, by=caller(), now=clock.now()))


@blp.route("/safe-browser/challenges/<string(maxlength=40):nonce>")
class ChallengeAnswered(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(ChallengeAnswer)
    @blp.response(204)
    def post(self, answer: dict[str, Any], nonce: str) -> None:
        """Show the hash of the page's address, or of this one in headers, with the browser's key."""
        shown = Shown(_headers(), _read(answer), answer["page_address"], answer["version"])
        with transaction() as db:
            challenging.answer(db, nonce, shown, public_url=settings().public_url, by=caller(), now=clock.now())


@blp.route("/safe-browser/<uuid:exam_session_id>.seb")
class PublishedSettings(MethodView):
    @public
    @blp.response(200, BINARY, content_type=settings_files.MEDIA_TYPE)
    def get(self, exam_session_id: UUID) -> Response:
        """The settings of a published exam session. The browser fetches them by itself, and knows no log-in yet."""
        with reading() as db:
            return _file(keeping.published_making(db, exam_session_id, public_url=settings().public_url))


@blp.route("/exam-sessions/<uuid:exam_session_id>/safe-browser")
class SessionSafeBrowser(MethodView):
    @allow(*READERS)
    @blp.response(200, SafeBrowserView)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """What an exam session asks of Safe Exam Browser, and the password to leave it before the end."""
        with reading() as db:
            return keeping.overview(db, exam_session_id, public_url=settings().public_url)


@blp.route("/exam-sessions/<uuid:exam_session_id>/safe-browser/settings")
class SessionSettings(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type=settings_files.MEDIA_TYPE)
    def get(self, exam_session_id: UUID) -> Response:
        """The .seb file, also of a draft."""
        with reading() as db:
            return _file(keeping.making(db, exam_session_id, public_url=settings().public_url))


@blp.route("/exam-sessions/<uuid:exam_session_id>/safe-browser/keys")
class SessionKeys(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(SafeBrowserKeyInput)
    @blp.response(201, SafeBrowserView)
    def post(self, wanted: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Let one more key in."""
        with transaction() as db:
            keeping.add_key(db, exam_session_id, **wanted, by=caller(), now=clock.now())
            return keeping.overview(db, exam_session_id, public_url=settings().public_url)


@blp.route("/exam-sessions/<uuid:exam_session_id>/safe-browser/keys/<uuid:key_id>")
class SessionKey(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, SafeBrowserView)
    def delete(self, exam_session_id: UUID, key_id: UUID) -> dict[str, Any]:
        """Let a key in no more."""
        with transaction() as db:
            keeping.drop_key(db, exam_session_id, key_id, by=caller(), now=clock.now())
            return keeping.overview(db, exam_session_id, public_url=settings().public_url)


def _described(made: SafeBrowserChallenge) -> dict[str, Any]:
    path = challenging.page_path(made.sitting_id, made.nonce)
    return {"nonce": made.nonce, "page_path": path, "expires_at": made.expires_at}


def _headers() -> Mapping[KeyKind, str]:
    return {kind: request.headers[name] for kind, name in HEADERS.items() if name in request.headers}


def _read(answer: dict[str, Any]) -> Mapping[KeyKind, str]:
    found = {KeyKind.CONFIG_KEY: answer["config_key"], KeyKind.BROWSER_EXAM_KEY: answer["browser_exam_key"]}
    return {kind: said for kind, said in found.items() if said}


def _file(making: Making) -> Response:
    name = f"exam-{making.exam_session_id}.seb"
    return download(settings_files.seb_file(making), name, settings_files.MEDIA_TYPE)

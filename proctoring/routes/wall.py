"""A proctor's wall: sessions, tiles, frame packs, commands."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.errors import NotFound
from examsvc.core.web.downloads import BINARY
from examsvc.core.web.edge import database, reading, transaction
from examsvc.delivery.safe_browser import settling
from proctoring import carrying_out, commanding, frames, membership, posts, receipts
from proctoring.floor import floor
from proctoring.orders import Order
from proctoring.schemas.wall import (
    CommandInput,
    CommandView,
    OwnPost,
    PackQuery,
    PapersAllowingInput,
    Wall,
    WatchedSessions,
)
from proctoring.states import CommandKind
from proctoring.tiles import tiles

blp = Blueprint("wall", __name__, url_prefix="/api", description="Proctoring, the wall")
PACK_TYPE = "application/octet-stream"


@blp.route("/proctor/sessions")
class Sessions(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, WatchedSessions)
    def get(self) -> dict[str, Any]:
        """The exam sessions the caller is assigned to, the latest first."""
        with reading() as db:
            return {"items": membership.watched_sessions(db, by=caller())}


@blp.route("/wall/<uuid:exam_session_id>")
class WholeWall(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, Wall)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The whole wall; the socket sends what changes afterwards."""
        now = clock.now()
        with reading() as db:
            exam_session = membership.watched_session(db, exam_session_id, by=caller())
            floor().board.watch([exam_session_id], now)
            found = tiles(db, floor().board, exam_session_id, now=now)
        shown = {"exam_session": exam_session, "quit_password": settling.needed_password(exam_session)}
        return {"server_now": now, **shown, "tiles": found, "health": floor().health(now)}


@blp.route("/wall/<uuid:exam_session_id>/post")
class Post(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, OwnPost)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """What the caller is in the exam session, and what stands against it by now."""
        with reading() as db:
            return posts.post(db, exam_session_id, by=caller())


@blp.route("/wall/<uuid:exam_session_id>/papers-allowing")
class PapersAllowing(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(PapersAllowingInput)
    @blp.response(200, OwnPost)
    def post(self, sent: dict[str, str], exam_session_id: UUID) -> dict[str, Any]:
        """Let candidates begin although a question became known outside: a chief proctor's, with the reason."""
        with transaction() as db:
            return posts.allow_papers(db, exam_session_id, **sent, by=caller(), now=clock.now())


@blp.route("/wall/<uuid:exam_session_id>/pack")
class FramePack(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(PackQuery, location="query")
    @blp.response(200, BINARY, content_type=PACK_TYPE)
    def get(self, query: dict[str, Any], exam_session_id: UUID) -> Response:
        """The newest frames of the sittings on the page that came after the cursor `since` (0 at first).

        The cameras that are asked for send more often, the `opened` one most. The pack, big-endian: `FPK1` ·
        cursor u64, to ask with next time · count u16 · then for each frame: sitting id 16 bytes · its cursor u64 ·
        seq u32 · taken_at i64 and received_at i64 in milliseconds since 1970 · verdict u8 (0 good, 1 black or
        covered, 2 frozen) · length u32 · that many bytes of JPEG. At most 40 frames and 2 MB.
        """
        with reading() as db:
            meant = membership.sittings_of(db, exam_session_id, query["sittings"], by=caller())
        board, opened = floor().board, query["opened"]
        board.look(meant, opened if opened in meant else None, clock.now())
        cursor, newer = board.newer(meant, query["since"])
        return Response(frames.pack(newer, cursor), mimetype=PACK_TYPE)


@blp.route("/wall/<uuid:exam_session_id>/commands")
class Commands(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(CommandInput)
    @blp.response(200, CommandView)
    def post(self, sent: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Give a command to one sitting, to a room or to all; a repeat with the same id changes nothing.

        For many it is stored first, and applied to the first two hundred before this answers; `waiting` are the others.
        """
        order = Order(**{**sent, "kind": CommandKind(sent["kind"])})
        with transaction() as db:
            commanding.give(db, exam_session_id, order, by=caller(), now=clock.now())
        if order.sitting_id is None:
            carrying_out.at_once(database(), order.id)
        with reading() as db:
            return receipts.described(db, commanding.given(db, exam_session_id, order.id, by=caller()))


@blp.route("/wall/<uuid:exam_session_id>/commands/<uuid:command_id>")
class OneCommand(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, CommandView)
    def get(self, exam_session_id: UUID, command_id: UUID) -> dict[str, Any]:
        """A command, with how many pages have shown it."""
        with reading() as db:
            given = commanding.given(db, exam_session_id, command_id, by=caller())
            return receipts.described(db, given)


@blp.route("/wall/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/photo")
class Photo(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, BINARY, content_type="image/jpeg")
    def get(self, exam_session_id: UUID, sitting_id: UUID) -> Response:
        """The candidate's photo, to compare with the camera by eye."""
        with reading() as db:
            sitting = membership.watched_sitting(db, sitting_id, by=caller())
            digest = sitting.enrolment.candidate.photo_digest
        if digest is None or sitting.enrolment.exam_session_id != exam_session_id:
            raise NotFound(thing="photo")
        return Response(blobs.get(digest), mimetype="image/jpeg")

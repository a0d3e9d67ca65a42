"""Sealed papers in the waiting room, and the keys from the start on: all of it for the page that logged in alone."""

import base64
import hashlib
from typing import Any, Final
from uuid import UUID

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow_with_token, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs
from examsvc.core.web.downloads import BINARY
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.shown_files import ANY_TYPE
from examsvc.delivery.routes.arriving import arrival, machine, settling_when_over
from examsvc.delivery.sealed import preloading, releasing, seals
from examsvc.delivery.sealed.releasing import Given
from examsvc.delivery.sealed.schemas import PaperKeys, Preload

blp = Blueprint("sealed", __name__, url_prefix="/api/sittings", description="Sealed papers")
_KEPT_SECONDS: Final = 2 * 60 * 60


@blp.route("/<uuid:sitting_id>/preload")
class PreloadPage(MethodView):
    @allow_with_token(Role.CANDIDATE)
    @blp.response(200, Preload)
    def get(self, sitting_id: UUID) -> dict[str, Any]:
        """What the waiting room fetches ahead of the start, once every step is done, from 30 minutes before it."""
        with reading() as db:
            return preloading.preload(db, sitting_id, by=caller(), now=arrival())


@blp.route("/<uuid:sitting_id>/sealed-paper")
class SealedPaper(MethodView):
    @allow_with_token(Role.CANDIDATE)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, sitting_id: UUID) -> Response:
        """The paper that nobody can read yet: a nonce of 12 bytes and the AES-256-GCM ciphertext of what `paper` gives.

        The additional data is the canonical JSON of {"paper_digest", "sitting_id", "v": 1}; the digest stands in
        X-Paper-Digest too. Content-Digest (RFC 9530) tells a broken download before there is a key.
        """
        known = next(iter(request.if_none_match), None) if len(request.if_none_match) == 1 else None
        with reading() as db:
            sealed = preloading.paper(db, sitting_id, known=known, by=caller(), now=arrival())
        return _carried(sealed.body, sealed.seal, paper_digest=sealed.paper_digest)


@blp.route("/<uuid:sitting_id>/sealed-media/<string(length=64):name>")
class SealedMedium(MethodView):
    @allow_with_token(Role.CANDIDATE)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, sitting_id: UUID, name: str) -> Response:
        """A file of the paper, sealed likewise; the additional data is the canonical JSON of {"medium": name, "v": 1}.

        The bytes are the same for everybody in the exam session.
        """
        with reading() as db:
            digest, key = preloading.medium(db, sitting_id, name, by=caller(), now=arrival())
        return _carried(seals.sealed(key, blobs.get(digest), seals.medium_bound_to(name)), name)


@blp.route("/<uuid:sitting_id>/paper-key")
class PaperKey(MethodView):
    @allow_with_token(Role.CANDIDATE)
    @blp.response(200, PaperKeys)
    def get(self, sitting_id: UUID) -> Given:
        """The keys, from the start on: where the socket told nothing. Claiming the sitting answers with them too.

        Once it was claimed, only the log-in that claimed it last gets them.
        """
        with settling_when_over(sitting_id), transaction() as db:
            return releasing.keys_for(db, sitting_id, machine(), by=caller(), now=arrival())


def _carried(body: bytes, name: str, *, paper_digest: str | None = None) -> Response:
    answer = Response(body, content_type=ANY_TYPE)
    answer.headers["Cache-Control"] = f"private, max-age={_KEPT_SECONDS}, immutable"
    answer.set_etag(name)
    if paper_digest:
        answer.headers["Cache-Control"] = "private, no-cache"  # the same address gives another seal after a moved start
        answer.headers["X-Paper-Digest"] = paper_digest
    answer.headers["Content-Digest"] = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    answer.make_conditional(request.environ)
    return answer

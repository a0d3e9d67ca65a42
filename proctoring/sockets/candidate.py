"""Candidates' pages: frames and events in, commands out."""

from typing import Any
from uuid import UUID

from flask_socketio import SocketIO, join_room

from examsvc.accounts.access import check_csrf_token
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.errors import NotAllowed
from examsvc.core.identity import Identity
from examsvc.core.web.edge import database, reading, transaction
from examsvc.delivery import finding
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import CameraRule
from proctoring import receipts, reporting
from proctoring.errors import CameraOff, SittingEnded
from proctoring.online import FOUND_LOST_WITHIN
from proctoring.reporting import Report
from proctoring.schemas.candidate import CandidateAuth, CommandRef, EventInput, FrameMeta, FrameReceipt
from proctoring.sockets.places import (
    Place,
    Places,
    answering,
    arriving,
    caller_with,
    candidate_room,
    dumped,
    loaded,
    machine_of,
    own_sid,
)
from proctoring.starting import Waiting
from proctoring.states import EventKind
from proctoring.watching import Noticed


class CandidateNamespace(Places):
    """Candidates' pages: frames and events in, commands out."""

    @arriving
    def on_connect(self, auth: Any = None) -> None:
        """Let the candidate of the sitting in who shows the CSRF token: keys go out here, frames and events come in."""
        sent, who = loaded(CandidateAuth, auth), caller_with(Role.CANDIDATE)
        check_csrf_token(sent["csrf_token"])
        sitting_id: UUID = sent["sitting_id"]
        with reading() as db:
            place = _of_sitting(finding.own(db, sitting_id, by=who), who)
        self.places[own_sid()] = place
        join_room(candidate_room(sitting_id))
        self.floor.presence.came(sitting_id, own_sid(), clock.now(), machine_of(who))
        self.floor.sitting_changed(place.exam_session_id, sitting_id)

    def on_disconnect(self, reason: str = "") -> None:
        """Note that the page went; one that did not answer its ping was heard last when it answered the one before."""
        place, now = self.places.pop(own_sid(), None), clock.now()
        if place and place.sitting_id:
            heard_at = now - FOUND_LOST_WITHIN if reason == SocketIO.reason.PING_TIMEOUT else None
            self.floor.presence.went(own_sid(), now, heard_at)
            self.floor.sitting_changed(place.exam_session_id, place.sitting_id)

    def sessions(self) -> set[UUID]:
        """Return the exam sessions that pages of this process belong to."""
        return {place.exam_session_id for place in self.places.values()}

    def waiting(self) -> dict[str, Waiting]:
        """Return the pages of this process whose sitting is not over, by connection."""
        return {
            sid: Waiting(place.exam_session_id, place.sitting_id)
            for sid, place in self.places.items()
            if place.sitting_id and not place.is_over
        }

    @answering
    def on_event(self, data: Any = None, *_: Any) -> dict[str, Any]:
        """Record what the page noticed."""
        place, found = self.place(), loaded(EventInput, data)
        noticed = Noticed(EventKind(found["kind"]), found["client_at"], found["detail"])
        reporting.record(database(), Report(_sitting(place), noticed, place.identity, clock.now()))
        return {}

    @answering
    def on_frame(self, meta: Any = None, jpeg: Any = None, *_: Any) -> dict[str, Any]:
        """Take a camera frame; the answer says when the next one is wanted."""
        place, found = self.place(), loaded(FrameMeta, meta)
        if place.is_over:
            raise SittingEnded
        if not place.has_camera:
            raise CameraOff
        data = jpeg if isinstance(jpeg, bytes) else b""
        taken = self.floor.take_frame(place.exam_session_id, _sitting(place), data, now=clock.now(), **found)
        return dumped(FrameReceipt, taken)

    @answering
    def on_command_shown(self, data: Any = None, *_: Any) -> dict[str, Any]:
        """Note that the page has shown a command."""
        place, found = self.place(), loaded(CommandRef, data)
        with transaction() as db:
            receipts.shown(db, _sitting(place), found["id"], by=place.identity, now=clock.now())
        return {}


def _of_sitting(sitting: Sitting, who: Identity) -> Place:
    exam_session = sitting.enrolment.exam_session
    return Place(
        who,
        exam_session.id,
        sitting.id,
        has_camera=exam_session.camera_rule != CameraRule.OFF,
        is_over=sitting.state.is_over,
    )


def _sitting(place: Place) -> UUID:
    if place.sitting_id is None:
        raise NotAllowed
    return place.sitting_id

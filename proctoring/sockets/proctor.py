"""Proctors' walls: they only listen."""

from typing import Any
from uuid import UUID

from flask_socketio import join_room

from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading
from proctoring import membership
from proctoring.schemas.wall import ProctorAuth
from proctoring.sockets.places import Place, Places, arriving, caller_with, loaded, own_sid, wall_room


class ProctorNamespace(Places):
    """Proctors' walls: they only listen."""

    @arriving
    def on_connect(self, auth: Any = None) -> None:
        """Let a proctor of the exam session in."""
        exam_session_id, who = loaded(ProctorAuth, auth)["exam_session_id"], caller_with(Role.PROCTOR)
        with reading() as db:
            membership.watched_session(db, exam_session_id, by=who)
        self.places[own_sid()] = Place(who, exam_session_id)
        join_room(wall_room(exam_session_id))
        self.floor.board.watch([exam_session_id], clock.now())

    def on_disconnect(self, _reason: str = "") -> None:
        """Forget the wall."""
        self.places.pop(own_sid(), None)

    def watched_here(self) -> set[UUID]:
        """Return the exam sessions that somebody watches through this process."""
        return {place.exam_session_id for place in self.places.values()}

"""What both namespaces share: where a connection stands, refusals as data, rooms chosen by the server."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import Namespace
from marshmallow import Schema, ValidationError

from examsvc.accounts.access import caller
from examsvc.accounts.roles import Role
from examsvc.core import canonical, outages
from examsvc.core.errors import Invalid, NotAllowed, Refusal
from examsvc.core.identity import Identity
from examsvc.delivery.machines import Machine, described
from proctoring.floor import Floor

log = logging.getLogger(__name__)

CANDIDATE, PROCTOR = "/candidate", "/proctor"
FAULT = {"code": "internal_server_error", "detail": "Something went wrong here; the fault is in the log."}
P = ParamSpec("P")


@dataclass
class Place:
    """Where one connection stands: a proctor's has no sitting. `is_over` follows the sitting's end within seconds."""

    identity: Identity
    exam_session_id: UUID
    sitting_id: UUID | None = None
    has_camera: bool = False
    is_over: bool = False


def loaded(schema: type[Schema], data: Any) -> Any:
    """Return what a client sent, checked; raises Invalid."""
    try:
        return schema().load(data if isinstance(data, dict) else {"": data})
    except ValidationError as error:
        raise Invalid(errors=error.messages) from error


def answering(handler: Callable[P, Any]) -> Callable[P, Any]:
    """Answer a refusal as data, and a fault without any of its trace."""

    @wraps(handler)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return handler(*args, **kwargs)
        except Refusal as refusal:
            return refusal.answer()
        except Exception as fault:
            log.exception("a socket handler failed")
            outage = outages.refusal_of(fault)
            return outage.answer() if outage else FAULT

    return answered


def arriving(handler: Callable[P, Any]) -> Callable[P, Any]:
    """Refuse the connection when the handler refuses."""

    @wraps(handler)
    def arrived(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            handler(*args, **kwargs)
        except Refusal as refusal:
            raise Refused(refusal.code, refusal.answer()) from refusal
        except Exception as fault:
            outage = outages.refusal_of(fault)
            if outage is None:
                raise
            log.exception("a page could not be let in")
            raise Refused(outage.code, outage.answer()) from fault

    return arrived


class Places(Namespace):  # type: ignore[misc]
    """A namespace that knows where each of its connections stands."""

    def __init__(self, name: str, floor: Floor) -> None:
        super().__init__(name)
        self.floor = floor
        self.places: dict[str, Place] = {}

    def place(self) -> Place:
        """Return where the sender stands; raises NotAllowed when the connection is being closed."""
        found = self.places.get(own_sid())
        if found is None:
            raise NotAllowed
        return found

    def turn_out(self, sid: str) -> None:
        """End a connection that has lost its right."""
        self.socketio.server.disconnect(sid, namespace=self.namespace)


def dumped(schema: type[Schema], value: Any) -> dict[str, Any]:
    """Return the value as the schema shows it."""
    message: dict[str, Any] = schema().dump(value)
    return message


def candidate_room(sitting_id: UUID) -> str:
    """Return the room of a sitting's pages."""
    return f"sitting:{sitting_id}"


def wall_room(exam_session_id: UUID) -> str:
    """Return the room of an exam session's walls."""
    return f"wall:{exam_session_id}"


def caller_with(role: Role) -> Identity:
    """Return who connects, by the login cookie; raises NotLoggedIn, NotAllowed."""
    who = caller()
    if not who.has(role):
        raise NotAllowed
    return who


def machine_of(who: Identity) -> str:
    """Return what tells the machine that connects from others, as for claims: pages of one browser give the same."""
    return canonical.digest(described(Machine(request.remote_addr or "", request.user_agent.string), who))


def own_sid() -> str:
    """Return the id of the connection that is being served."""
    found: str = request.sid  # type: ignore[attr-defined]
    return found

"""What a proctor's wall asks and shows; sockets and HTTP share the schemas."""

from marshmallow import fields, validate
from webargs.fields import DelimitedList

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.safe_browser.states import SafeBrowserState
from proctoring.states import GIVEN_KINDS, CommandKind, EventKind

MOST_SITTINGS_A_PACK = 40
MOST_CURSOR = 2**62
MOST_PAPERS = 200


class ProctorAuth(Base):
    exam_session_id = fields.UUID(required=True)


class WatchedSession(Base):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    code = fields.String(required=True)
    place = fields.String(required=True)
    state = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    minutes = fields.Integer(required=True)
    camera_rule = fields.String(required=True)
    clock_rule = fields.String(required=True)
    safe_browser_needed = fields.Boolean(required=True)


class WatchedSessions(Base):
    items = fields.List(fields.Nested(WatchedSession), required=True)


class Event(Base):
    id = fields.UUID(required=True)
    sitting_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(EventKind)))
    at = Instant(required=True)
    client_at = Instant(required=True, allow_none=True)
    detail = fields.Dict(required=True)


class TileEvent(Base):
    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(EventKind)))
    at = Instant(required=True)


class TileCommand(Base):
    """The last command that reached the sitting; `shown_at` is None until the candidate's page has shown it."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(CommandKind)))
    at = Instant(required=True)
    shown_at = Instant(required=True, allow_none=True)


class TileRoom(Base):
    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    name = fields.String(required=True)


class Tile(Base):
    """One sitting on the wall. `alerts` are counted since the paper was opened."""

    sitting_id = fields.UUID(required=True)
    seat_number = fields.Integer(required=True)
    seat_label = fields.String(required=True)
    room = fields.Nested(TileRoom, required=True, allow_none=True)
    ticket_number = fields.String(required=True)
    name = fields.String(required=True)
    has_photo = fields.Boolean(required=True)
    state = fields.String(required=True)
    phase = fields.String(required=True)
    closes_at = Instant(required=True, allow_none=True)
    paused_at = Instant(required=True, allow_none=True)
    on_paper_at = Instant(required=True, allow_none=True)
    finished_at = Instant(required=True, allow_none=True)
    finish_reason = fields.String(required=True, allow_none=True)
    extra_seconds = fields.Integer(required=True)
    answered_count = fields.Integer(required=True)
    question_count = fields.Integer(required=True)
    break_ends_at = Instant(required=True, allow_none=True)
    hand_in_allowed_at = Instant(required=True, allow_none=True)
    separate_room = fields.Boolean(required=True)
    safe_browser = fields.Enum(SafeBrowserState, required=True)
    screen_reader = fields.Boolean(required=True)
    camera_check = fields.String(required=True, allow_none=True)
    is_connected = fields.Boolean(required=True)
    connection_since = Instant(required=True, allow_none=True)
    frame_at = Instant(required=True, allow_none=True)
    verdict = fields.String(required=True)
    alerts = fields.Integer(required=True)
    last_alert = fields.Nested(TileEvent, required=True, allow_none=True)
    last_event = fields.Nested(TileEvent, required=True, allow_none=True)
    open_incidents = fields.Integer(required=True)
    command = fields.Nested(TileCommand, required=True, allow_none=True)


class Health(Base):
    """How the service does: `health` 0 idle to 10 overloaded, frames waiting, kept, dropped and refused so far."""

    health = fields.Integer(required=True)
    lag_ms = fields.Integer(required=True)
    queued = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    dropped = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class Tiles(Base):
    """Tiles that changed; may be empty, as a sign of life."""

    server_now = Instant(required=True)
    tiles = fields.List(fields.Nested(Tile), required=True)
    health = fields.Nested(Health, required=True)


class Wall(Tiles):
    """The whole wall. `quit_password` lets a candidate out of Safe Exam Browser; None where it is not needed."""

    exam_session = fields.Nested(WatchedSession, required=True)
    quit_password = fields.String(required=True, allow_none=True)


class PapersAllowingInput(Base):
    reason = Text(most=400, required=True)


class OwnPost(Base):
    """The caller's own post: `room` is the only one to act in, None for whoever acts in all.

    `faults` are the refusals that publishing the session would meet by now: all of them for a chief, for others what
    its staff lacks.
    """

    is_chief = fields.Boolean(required=True)
    room = fields.Nested(TileRoom, required=True, allow_none=True)
    faults = fields.List(fields.Dict(keys=fields.String()), required=True)


class PaperOrder(Base):
    """Who goes on by hand, in the order of printing, and why."""

    sitting_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_PAPERS))
    reason = Text(most=400, required=True)


class PackQuery(Base):
    """`sittings` are on the page, separated by commas; `opened` is looked at closely and sends more often."""

    since = fields.Integer(load_default=0, validate=validate.Range(min=0, max=MOST_CURSOR))
    sittings = DelimitedList(fields.UUID(), required=True, validate=validate.Length(max=MOST_SITTINGS_A_PACK))
    opened = fields.UUID(load_default=None)


class CommandInput(Base):
    """`id` is made by the proctor's page; it is for one sitting, for one room, or for everybody."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(GIVEN_KINDS))
    sitting_id = fields.UUID(load_default=None, allow_none=True)
    session_room_id = fields.UUID(load_default=None, allow_none=True)
    text = Text(most=500, least=0, load_default="")
    seconds = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0, max=4 * 3600))


class CommandView(Base):
    """A command given: how many sittings it reached, and how many pages have shown it.

    `reopened` are those it reached that time had ended; `left_out` those there that it could not be applied to;
    `waiting` those it has not come to yet.
    """

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    sitting_id = fields.UUID(required=True, allow_none=True)
    session_room_id = fields.UUID(required=True, allow_none=True)
    text = fields.String(required=True)
    seconds = fields.Integer(required=True)
    at = Instant(required=True)
    reached = fields.Integer(required=True)
    shown = fields.Integer(required=True)
    reopened = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    waiting = fields.Integer(required=True)

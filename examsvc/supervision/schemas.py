"""Supervision as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text


class SupervisionQuery(Base):
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class SupervisionCounts(Base):
    enrolled = fields.Integer(required=True)
    present = fields.Integer(required=True)
    handed_in = fields.Integer(required=True)
    incidents = fields.Integer(required=True)
    incidents_open = fields.Integer(required=True)
    sheets = fields.Integer(required=True)
    sheets_signed = fields.Integer(required=True)
    results = fields.Integer(required=True)
    results_waiting = fields.Integer(required=True)
    certificates = fields.Integer(required=True)


class SupervisedSession(Base):
    exam_session_id = fields.UUID(required=True, attribute="exam_session.id")
    code = fields.String(required=True, attribute="exam_session.code")
    title = fields.String(required=True, attribute="exam_session.title")
    place = fields.String(required=True, attribute="exam_session.place")
    organisation = fields.String(required=True, attribute="exam_session.filing.organisation.name")
    state = fields.String(required=True, attribute="exam_session.state")
    starts_at = Instant(required=True, attribute="exam_session.starts_at")
    ends_at = Instant(required=True, attribute="exam_session.ends_at")
    counts = fields.Nested(SupervisionCounts, required=True)


class SupervisedSessionPage(Base):
    items = fields.List(fields.Nested(SupervisedSession), required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)


class TrailQuery(Base):
    """`before` is the `next` of the page before; `stream` narrows to one stream of the session."""

    before = fields.UUID(load_default=None)
    stream = Text(most=80, load_default=None)


class TrailEntry(Base):
    entry_id = fields.UUID(required=True, attribute="entry.id")
    stream = fields.String(required=True, attribute="entry.stream")
    seq = fields.Integer(required=True, attribute="entry.seq")
    at = Instant(required=True, attribute="entry.at")
    actor = fields.String(required=True, attribute="entry.actor_name")
    action = fields.String(required=True, attribute="entry.action")
    detail = fields.Dict(required=True, attribute="entry.detail")
    hash = fields.String(required=True, attribute="entry.hash")
    seat_label = fields.String(required=True, allow_none=True)


class TrailSession(Base):
    code = fields.String(required=True)
    title = fields.String(required=True)


class TrailPage(Base):
    exam_session = fields.Nested(TrailSession, required=True)
    items = fields.List(fields.Nested(TrailEntry), required=True)
    next = fields.UUID(required=True, allow_none=True)


class TrailBreak(Base):
    stream = fields.String(required=True)
    seq = fields.Integer(required=True)
    reason = fields.String(required=True)


class TrailVerification(Base):
    streams = fields.Integer(required=True)
    entries = fields.Integer(required=True)
    whole = fields.Boolean(required=True)
    breaks = fields.List(fields.Nested(TrailBreak), required=True)
    verified_at = Instant(required=True)

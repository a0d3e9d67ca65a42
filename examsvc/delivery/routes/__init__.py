"""Delivery's edge."""

from examsvc.delivery.routes import (
    batches,
    candidate,
    enrolments,
    exam_sessions,
    handouts,
    session_rooms,
    sittings,
    specimens,
)

BLUEPRINTS = (
    candidate.blp,
    sittings.blp,
    exam_sessions.blp,
    enrolments.blp,
    specimens.blp,
    batches.blp,
    session_rooms.blp,
    handouts.blp,
)

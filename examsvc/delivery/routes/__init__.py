"""Delivery's edge."""

from examsvc.delivery.routes import (
    batches,
    candidate,
    enrolments,
    exam_sessions,
    handouts,
    late_answers,
    reconciliation,
    sealed,
    session_rooms,
    sittings,
    specimens,
)

BLUEPRINTS = (
    candidate.blp,
    sittings.blp,
    batches.blp,
    exam_sessions.blp,
    session_rooms.blp,
    handouts.blp,
    enrolments.blp,
    specimens.blp,
    sealed.blp,
    late_answers.blp,
    reconciliation.blp,
)

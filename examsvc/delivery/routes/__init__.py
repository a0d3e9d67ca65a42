"""Delivery's edge."""

from examsvc.delivery.routes import (
    candidate,
    enrolments,
    exam_sessions,
    late_answers,
    reconciliation,
    sealed,
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

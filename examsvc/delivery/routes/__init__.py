"""Delivery's edge."""

from examsvc.delivery.routes import (
    accommodations,
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
    staffing,
)

BLUEPRINTS = (
    candidate.blp,
    sittings.blp,
    batches.blp,
    exam_sessions.blp,
    session_rooms.blp,
    staffing.blp,
    handouts.blp,
    enrolments.blp,
    accommodations.blp,
    specimens.blp,
    sealed.blp,
    late_answers.blp,
    reconciliation.blp,
)

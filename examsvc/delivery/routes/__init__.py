"""Delivery's edge."""

from examsvc.delivery.routes import (
    accommodations,
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
    exam_sessions.blp,
    enrolments.blp,
    accommodations.blp,
    specimens.blp,
    sealed.blp,
    late_answers.blp,
    reconciliation.blp,
)

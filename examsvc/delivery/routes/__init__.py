"""Delivery's edge."""

from examsvc.delivery.routes import accommodations, candidate, enrolments, exam_sessions, sittings, specimens

BLUEPRINTS = (candidate.blp, sittings.blp, exam_sessions.blp, enrolments.blp, accommodations.blp, specimens.blp)

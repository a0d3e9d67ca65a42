"""Delivery's edge."""

from examsvc.delivery.routes import candidate, enrolments, exam_sessions, sittings, specimens

BLUEPRINTS = (candidate.blp, sittings.blp, exam_sessions.blp, enrolments.blp, specimens.blp)

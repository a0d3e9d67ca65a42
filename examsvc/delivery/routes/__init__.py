"""Delivery's edge."""

from examsvc.delivery.routes import candidate, enrolments, exam_sessions, sealed, sittings, specimens

BLUEPRINTS = (candidate.blp, sittings.blp, exam_sessions.blp, enrolments.blp, specimens.blp, sealed.blp)
from examsvc.delivery.routes import candidate, enrolments, exam_sessions, late_answers, sittings, specimens

BLUEPRINTS = (candidate.blp, sittings.blp, exam_sessions.blp, enrolments.blp, specimens.blp, late_answers.blp)

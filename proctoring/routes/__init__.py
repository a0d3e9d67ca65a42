"""Proctoring's edge."""

from proctoring.routes import candidate, records, wall

BLUEPRINTS = (candidate.blp, wall.blp, records.blp)

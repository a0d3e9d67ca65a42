"""Scoring's edge."""

from scoring.routes import analysis, marking, written

BLUEPRINTS = (marking.blp, written.blp, analysis.blp)

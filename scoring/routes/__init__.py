"""Scoring's edge."""

from scoring.routes import analysis, marking

BLUEPRINTS = (marking.blp, analysis.blp)

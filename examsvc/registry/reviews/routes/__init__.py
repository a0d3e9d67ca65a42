"""The edges of reviews."""

from examsvc.registry.reviews.routes import deciding, experts, national, panels

BLUEPRINTS = (panels.blp, experts.blp, national.blp, deciding.blp)

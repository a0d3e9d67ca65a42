"""The edge of misconduct on the record."""

from proctoring.misconduct.routes import records, rulings

BLUEPRINTS = (records.blp, rulings.blp)

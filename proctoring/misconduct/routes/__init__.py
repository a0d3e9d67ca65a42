"""The edge of misconduct on the record."""

from proctoring.misconduct.routes import files, records, rulings

BLUEPRINTS = (records.blp, files.blp, rulings.blp)

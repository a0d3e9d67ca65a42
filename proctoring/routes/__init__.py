"""Proctoring's edge."""

from proctoring.routes import candidate, door, handing_over, records, time_ledger, wall

BLUEPRINTS = (candidate.blp, wall.blp, records.blp, time_ledger.blp, handing_over.blp, door.blp)

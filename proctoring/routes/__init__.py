"""Proctoring's edge."""

from proctoring.routes import candidate, door, handing_over, on_paper, records, time_ledger, wall

BLUEPRINTS = (candidate.blp, wall.blp, records.blp, time_ledger.blp, handing_over.blp, on_paper.blp, door.blp)

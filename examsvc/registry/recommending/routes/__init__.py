"""The edges of recommending."""

from examsvc.registry.recommending.routes import annexes, batches, cases, files, rows

BLUEPRINTS = (batches.blp, rows.blp, annexes.blp, files.blp, cases.blp)

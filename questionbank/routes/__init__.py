"""The question bank's edge."""

from questionbank.routes import banks, cases, items, papers, versions

BLUEPRINTS = (banks.blp, cases.blp, items.blp, versions.blp, papers.blp)

"""The question bank's edge."""

from questionbank.routes import banks, cases, items, papers, releases, versions

BLUEPRINTS = (banks.blp, cases.blp, items.blp, versions.blp, releases.blp, papers.blp)

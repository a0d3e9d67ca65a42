"""The question bank's edge."""

from questionbank.routes import banks, cases, items, media, papers, versions

BLUEPRINTS = (banks.blp, cases.blp, items.blp, media.blp, versions.blp, papers.blp)

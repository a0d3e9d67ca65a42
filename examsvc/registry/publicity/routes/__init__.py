"""Notices, objections, filings and reports over HTTP."""

from examsvc.registry.publicity.routes import filings, notices, objections

BLUEPRINTS = (notices.blp, objections.blp, filings.blp)

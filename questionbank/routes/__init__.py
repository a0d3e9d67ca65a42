"""The question bank's edge."""

from questionbank.routes import banks, cases, items, likeness, papers, registration, releases, secrecy, versions

BLUEPRINTS = (
    banks.blp,
    cases.blp,
    items.blp,
    likeness.blp,
    versions.blp,
    releases.blp,
    papers.blp,
    registration.blp,
    secrecy.blp,
)

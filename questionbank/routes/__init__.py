"""The question bank's edge."""

from questionbank.routes import (
    banks,
    cases,
    exports,
    imports,
    items,
    likeness,
    media,
    papers,
    registration,
    releases,
    secrecy,
    versions,
)

BLUEPRINTS = (
    banks.blp,
    cases.blp,
    exports.blp,
    imports.blp,
    items.blp,
    likeness.blp,
    media.blp,
    versions.blp,
    releases.blp,
    papers.blp,
    registration.blp,
    secrecy.blp,
)

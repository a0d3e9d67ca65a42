"""The edges of the desks."""

from examsvc.registry.desks.routes import calendar, cases, overview, people

BLUEPRINTS = (cases.blp, overview.blp, calendar.blp, people.blp)

"""The edges of applications."""

from examsvc.registry.applications.routes import applying, districts, registers

BLUEPRINTS = (applying.blp, registers.blp, districts.blp)

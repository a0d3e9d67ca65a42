"""A hand-over's code as the new machine sends it."""

from marshmallow import fields

from examsvc.accounts.schemas import Me
from examsvc.core.web.schemas import Base, Text


class HandOverCode(Base):
    code = Text(most=20, required=True, load_only=True)


class HandedOver(Me):
    """The candidate's new login, and the sitting that goes on here."""

    sitting_id = fields.UUID(required=True)

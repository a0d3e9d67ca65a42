"""Accounts as seen from outside."""

from marshmallow import fields, validate

from examsvc.accounts.roles import Role
from examsvc.core.web.schemas import Base, Text


class LoginInput(Base):
    username = Text(most=80, required=True)
    password = fields.String(required=True, load_only=True, validate=validate.Length(max=200))


class Me(Base):
    """Who is logged in, and the token that their writes must carry."""

    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    csrf_token = fields.String(required=True)


class StaffQuery(Base):
    """Candidates are not staff: nobody lists them by this way."""

    role = fields.Enum(Role, required=True, validate=validate.NoneOf([Role.CANDIDATE]))


class StaffMember(Base):
    account_id = fields.UUID(required=True, attribute="id")
    name = fields.String(required=True, attribute="display_name")


class StaffList(Base):
    items = fields.List(fields.Nested(StaffMember), required=True)


class OwnEmail(Base):
    """Where one gets letters; null means nowhere."""

    email = Text(most=254, required=True, allow_none=True)

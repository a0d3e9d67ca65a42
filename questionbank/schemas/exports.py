"""Banks as files, as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base
from questionbank.interchange import writing
from questionbank.schemas.imports import ImportProblemLine


class BankFileInput(Base):
    """What to write."""

    format = fields.String(required=True, validate=validate.OneOf([str(one) for one in writing.WRITERS]))


class BankFileLosses(Base):
    """`left_out` items are not in the file; `reduced` ones are, without something that they hold."""

    items = fields.List(fields.Nested(ImportProblemLine), required=True)
    count = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    reduced = fields.Integer(required=True)

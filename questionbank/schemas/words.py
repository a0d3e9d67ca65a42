"""Fields that the bank's schemas share."""

from enum import StrEnum
from typing import Any

from marshmallow import fields, validate


class Word(fields.String):
    """A word of an enumeration, as the plain text that the database holds."""

    def __init__(self, words: type[StrEnum], **options: Any) -> None:
        super().__init__(validate=validate.OneOf([str(word) for word in words]), **options)

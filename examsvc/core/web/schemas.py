"""The base of all schemas: unknown fields are refused, instants carry a zone."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate


class Base(Schema):
    """A schema that refuses fields it does not know and text no database can store."""

    class Meta:
        unknown = RAISE

    @pre_load
    def _refuse_nul(self, data: Any, **_: Any) -> Any:
        if isinstance(data, Mapping):  # a query and a form are no dict
            for name, value in data.items():
                if isinstance(value, str) and not storable(value):
                    raise ValidationError("holds characters that cannot be stored", name)
        return data


class Instant(fields.AwareDateTime):
    """An instant in RFC 3339, given out in UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", default_timezone=UTC, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            return super()._deserialize(value, attr, data, **options).astimezone(UTC)
        except OverflowError as error:  # the first hours of the year 1, east of Greenwich
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from error

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **options: Any) -> Any:
        return super()._serialize(value.astimezone(UTC) if value else None, attr, obj, **options)


class Text(fields.String):
    """A line or a paragraph a person typed: trimmed, not empty unless allowed, of bounded length."""

    def __init__(self, *, most: int, least: int = 1, **options: Any) -> None:
        super().__init__(validate=validate.Length(min=least, max=most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        text = super()._deserialize(value, attr, data, **options)
        if isinstance(text, str) and not storable(text):
            raise ValidationError("holds characters that cannot be stored")
        return text.strip() if isinstance(text, str) else text


class Key(fields.Field[bytes]):
    """32 bytes in base64url without padding."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"type": "string", "description": "32 bytes in base64url without padding"}, **options)

    def _serialize(self, value: bytes | None, attr: str | None, obj: Any, **options: Any) -> Any:  # noqa: ARG002 (marshmallow's form)
        return base64.urlsafe_b64encode(value).decode().rstrip("=") if value else None


class Nothing(Base):
    """An empty body."""


def storable(text: str) -> bool:
    """Return whether a database keeps the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)

"""One byte form for one value: RFC 8785 canonical JSON and its digest."""

import hashlib
from datetime import UTC, date, datetime
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

import rfc8785

_MOST_INTEGER = 2**53 - 1


def instant(value: datetime) -> str:
    """Return the instant as RFC 3339 in UTC with microseconds, the form that is hashed."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def encode(value: Any) -> bytes:
    """Return the canonical JSON of `value`; instants, dates and UUIDs become strings."""
    try:
        return _text(value).encode()
    except (_Unusual, UnicodeEncodeError):
        return rfc8785.dumps(plain(value))


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(encode(value)).hexdigest()


def plain(value: Any) -> Any:
    """Return `value` with instants, dates and UUIDs as the strings that are hashed and stored."""
    match value:
        case datetime():
            return instant(value)
        case date() | UUID():
            return str(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return value


class _Unusual(Exception):
    """Something that the quick way leaves to the general one: fractions, large numbers, keys beyond ASCII."""


def _text(value: Any) -> str:  # noqa: PLR0911 (one line for each type, the frequent ones first)
    """Return the canonical JSON of ordinary values; every answer and every audit entry is hashed."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is dict:
        if not all(type(key) is str and key.isascii() for key in value):
            raise _Unusual
        return "{" + ",".join([f"{encode_basestring(key)}:{_text(value[key])}" for key in sorted(value)]) + "}"
    if kind is int and -_MOST_INTEGER <= value <= _MOST_INTEGER:
        return str(value)
    if kind is list or kind is tuple:
        return "[" + ",".join([_text(item) for item in value]) + "]"
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is datetime:
        return f'"{instant(value)}"'
    if kind is UUID:
        return f'"{value}"'
    raise _Unusual

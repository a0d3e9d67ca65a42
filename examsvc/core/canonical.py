"""One byte form for one value: RFC 8785 canonical JSON and its digest."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import rfc8785


def instant(value: datetime) -> str:
    """Return the instant as RFC 3339 in UTC with microseconds, the form that is hashed."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def encode(value: Any) -> bytes:
    """Return the canonical JSON of `value`; instants, dates and UUIDs become strings."""
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

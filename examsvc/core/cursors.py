"""Where a page of a list ended: an opaque text that holds the sort key of its last row."""

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

from examsvc.core.canonical import instant
from examsvc.core.errors import Refusal


class BadCursor(Refusal):
    code = "bad_cursor"
    status = 422
    detail = "This is not a place in the list; begin at its start."


def write(at: datetime, key: UUID) -> str:
    """Return the cursor of the row with this instant and id."""
    return base64.urlsafe_b64encode(f"{instant(at)} {key}".encode()).decode().rstrip("=")


def read(cursor: str) -> tuple[datetime, UUID]:
    """Return the instant and the id of the row that the cursor stands behind; raises BadCursor."""
    try:
        at, key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
        return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC), UUID(key)
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error

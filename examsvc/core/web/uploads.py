"""How large a body may be where a file is sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import request

from examsvc.core.errors import TooLarge

FORM_BYTES: Final = 64 * 1024
"""What may stand in a form beside its file."""
Method = Callable[..., Any]


def limit_body(most: int) -> None:
    """Refuse a body larger than `most` bytes and the fields beside them, before any of it is read (TooLarge).

    Of one without a length no more is read.
    """
    request.max_content_length = most + FORM_BYTES
    if (request.content_length or 0) > request.max_content_length:
        raise TooLarge(limit=most)


def limited(most: int) -> Callable[[Method], Method]:
    """Limit the body of a method; stands below `allow` and above what reads the form."""

    def decorate(method: Method) -> Method:
        @wraps(method)
        def admit(*args: Any, **named: Any) -> Any:
            limit_body(most)
            return method(*args, **named)

        return admit

    return decorate

"""What no edge can take is refused before an edge reads it.

Python's JSON parser fails on deep nesting and on integers of thousands of digits with errors of its own, and takes
NaN, which is no JSON (RFC 8259, 6). PostgreSQL refuses NaN, and NUL in any text.
"""

import json
from typing import Any, Final, NoReturn

from flask import Flask, request

from examsvc.core.errors import Invalid, NotFound

DEEPEST_NESTING: Final = 32


class UnreadableBody(Invalid):
    status = 400


def register(app: Flask) -> None:
    """Refuse NUL in addresses, and bodies that call themselves JSON and are not or nest too deep."""
    app.before_request(_check_address)
    app.before_request(_check_json)


def _check_address() -> None:
    if "\x00" in request.path:
        raise NotFound(thing="page")
    odd = [name for name, value in request.args.items(multi=True) if "\x00" in value]
    if odd:
        raise Invalid(errors={f"query.{name}": ["holds characters that cannot be stored"] for name in odd})


def _check_json() -> None:
    if not request.is_json or not request.get_data():
        return
    try:
        value = json.loads(request.get_data(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableBody(errors={"json": ["Invalid JSON body."]}) from error
    if _is_deeper(value, DEEPEST_NESTING):
        raise UnreadableBody(errors={"json": [f"Nested deeper than {DEEPEST_NESTING} levels."]})


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)

"""Columns that hold clear values, and encrypted ones of secret banks: whoever reads gets the value either way.

A secret value carries the wrapped key of its bank, in memory and in its row, so that reading needs nothing but the
master key. In a row it is `{"sealed", "under"}`, or `sealed:under:…` in a text.
"""

import json
from typing import Any, Self

from sqlalchemy import JSON, Dialect, Text, TypeDecorator

from questionbank.secrecy import keys

MARKS = ("sealed", "clear")


class SecretDict(dict[str, Any]):
    """A value of a secret bank, to be stored under `wrapped`."""

    def __init__(self, value: dict[str, Any], wrapped: str) -> None:
        super().__init__(value)
        self.wrapped = wrapped


class SecretStr(str):  # noqa: SLOT000 (a value carries its key)
    """A text of a secret bank, to be stored under `wrapped`."""

    wrapped: str

    def __new__(cls, value: str, wrapped: str) -> Self:
        made = super().__new__(cls, value)
        made.wrapped = wrapped
        return made


def kept_under(value: Any, wrapped: str) -> Any:
    """Return the value as one that is stored under the wrapped key."""
    return SecretDict(value, wrapped) if isinstance(value, dict) else SecretStr(value, wrapped)


class SecretJson(TypeDecorator[dict[str, Any]]):
    """A JSON object; encrypted it is bound to what it is, so that no column's value can stand in another."""

    impl = JSON
    cache_ok = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> Any:  # noqa: ARG002 (SQLAlchemy's signature)
        if isinstance(value, SecretDict):
            data = json.dumps(value, ensure_ascii=False).encode()
            return {"sealed": keys.seal(value.wrapped, self.what, data), "under": value.wrapped}
        return {"clear": value} if value and any(mark in value for mark in MARKS) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value and "sealed" in value:
            return SecretDict(json.loads(keys.unseal(value["under"], self.what, value["sealed"])), value["under"])
        clear: dict[str, Any] | None = value["clear"] if value and "clear" in value else value
        return clear

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self.impl_instance.coerce_compared_value(op, value)


class SecretText(TypeDecorator[str]):
    """A text, likewise."""

    impl = Text
    cache_ok = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if isinstance(value, SecretStr):
            return f"sealed:{value.wrapped}:{keys.seal(value.wrapped, self.what, value.encode())}"
        return f"clear:{value}" if value and value.startswith(("sealed:", "clear:")) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value and value.startswith("sealed:"):
            _, wrapped, sealed = value.split(":")
            return SecretStr(keys.unseal(wrapped, self.what, sealed).decode(), wrapped)
        return value.removeprefix("clear:") if value else value

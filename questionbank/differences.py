"""What changed between two wordings of an item: every field, and in a text every word or Chinese character. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

MOST_TOKENS = 2_000
"""Longer texts are compared sentence by sentence: comparing takes the square of the length."""

_TOKENS = re.compile(r"\\[A-Za-z]+|[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r".*?(?:[。！？；\n]|[.!?;]\s)|.+$", re.DOTALL)


class Change(StrEnum):
    SAME = "SAME"
    REMOVED = "REMOVED"
    ADDED = "ADDED"


@dataclass(frozen=True)
class Piece:
    """A run of a text that stayed, went or came."""

    change: Change
    text: str


@dataclass(frozen=True)
class Difference:
    """A field that differs, `content.options.b.text`; pieces are there when both sides are texts."""

    field: str
    before: Any
    after: Any
    pieces: Sequence[Piece] | None


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return the fields that differ, in the order of the later value; None stands for what is not there."""
    old, new = dict(_fields("", before)), dict(_fields("", after))
    return [
        _difference(name, old.get(name), new.get(name))
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    ]


def of_texts(before: str, after: str) -> list[Piece]:
    """Return the pieces of which the one text was made into the other."""
    old, new = _tokens(before, after)
    pieces: list[Piece] = []
    for tag, start, end, began, ended in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[start:end])))
            continue
        gone, come = "".join(old[start:end]), "".join(new[began:ended])
        pieces += [Piece(change, text) for change, text in ((Change.REMOVED, gone), (Change.ADDED, come)) if text]
    return pieces


def _difference(name: str, before: Any, after: Any) -> Difference:
    both_texts = isinstance(before, str) and isinstance(after, str)
    return Difference(name, before, after, of_texts(before, after) if both_texts else None)


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if max(len(old), len(new)) <= MOST_TOKENS:
        return old, new
    return _SENTENCES.findall(before), _SENTENCES.findall(after)


def _fields(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the leaves with their paths: what has an `id` goes by it, other parts of a list by number from 1."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _fields(f"{path}.{name}" if path else str(name), part)
    elif isinstance(value, list) and any(isinstance(part, list | Mapping) for part in value):
        yield path, [_name(part, number) for number, part in enumerate(value, start=1)]
        for number, part in enumerate(value, start=1):
            yield from _fields(f"{path}.{_name(part, number)}", _without_id(part))
    else:
        yield path, value


def _name(part: Any, number: int) -> str:
    return str(part.get("id", number)) if isinstance(part, Mapping) else str(number)


def _without_id(part: Any) -> Any:
    return {name: value for name, value in part.items() if name != "id"} if isinstance(part, Mapping) else part

"""Whether texts carry an item whole: what it is read back as is compared with what it was."""

from dataclasses import asdict
from typing import Any

from questionbank.interchange.drafts import telling
from questionbank.interchange.model import ReadItem

_WORDED = ("blanks", "points", "reference")


def is_same(one: ReadItem, other: ReadItem) -> bool:
    """Whether the two say the same: ids of options and parts may differ, which nobody sees; so may where they stood."""
    return one.type is other.type and _told(one) == _told(other)


def _told(item: ReadItem) -> Any:
    return _stripped([{**asdict(telling.draft_of(item)), "where": "", "parts": _parts(item)}, _wordings(item.key)])


def _parts(item: ReadItem) -> list[Any]:
    return [{**asdict(part), "where": ""} for part in telling.draft_of(item).parts]


def _wordings(key: Any) -> list[Any]:
    """Return the texts of the key that one text of a draft holds several of."""
    return [key.get(name) or None for name in _WORDED] + [_wordings(part) for part in key.get("parts", {}).values()]


def _stripped(value: Any) -> Any:
    match value:
        case str():
            return value.strip()
        case dict():
            return {name: _stripped(one) for name, one in value.items()}
        case list() | tuple():
            return [_stripped(one) for one in value]
        case _:
            return value

"""Whether people mark an answer, or the machine."""

from collections.abc import Mapping
from typing import Any

from questionbank.kinds import ItemType


def needs_marking(kind: ItemType, content: Mapping[str, Any]) -> bool:
    """Return whether people mark the answer, or a part of it."""
    if kind == ItemType.COMPOSITE:
        return any(ItemType(part["type"]).is_written for part in content["parts"])
    return kind.is_written

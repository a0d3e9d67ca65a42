"""What a draw is told about a version beyond its metadata: where its key stands, what it shares with others. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from questionbank.kinds import ItemType

STIMULUS = re.compile(r"(?:材料|stimulus)\s*[:：]\s*(\S.*)", re.IGNORECASE)


def key_position(kind: ItemType, content: Mapping[str, Any], key: Mapping[str, Any]) -> int | None:
    """Return the place of a single choice's right option among the stored ones, from 1; None for other types."""
    if kind != ItemType.SINGLE_CHOICE:
        return None
    return [option["id"] for option in content["options"]].index(key["right"][0]) + 1


def stimulus(tags: Iterable[str]) -> str | None:
    """Return the material that the item shares with others, as a tag names it: "材料：配电箱图" or "stimulus: Fig. 2".

    Neither a family, whose items never meet, nor a case, which holds its material and all its questions itself, is one.
    """
    return next((found[1].strip() for tag in tags if (found := STIMULUS.fullmatch(tag.strip()))), None)

"""A version as candidates see it, for those who write and review it."""

from collections.abc import Mapping
from typing import Any

from questionbank.models import ItemVersion

_SHOWN = ("stem", "options", "blanks", "unit", "matches", "gaps", "picture", "length")


def as_candidates_see(found: ItemVersion) -> dict[str, Any]:
    """Return what a candidate is shown of a version: the parts of its content that a type shows, and no others."""
    parts = [
        {"id": part["id"], "share": part["share"], **_body(part["type"], part["content"])}
        for part in found.content.get("parts", [])
    ]
    return {**_body(found.type, found.content), "parts": parts or None}


def _body(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: content.get(name) for name in _SHOWN}
    return {"type": kind, **shown, "marks": content.get("points"), "media": content.get("media", [])}

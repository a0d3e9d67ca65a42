"""The check of each type, and of what is common to all."""

from collections.abc import Callable, Mapping
from typing import Any

from questionbank.content import arrangements, choices, hotspots, texts
from questionbank.content.lacking import lacking
from questionbank.content.media import check_media
from questionbank.content.shapes import Json, is_id, is_said, is_whole, listed, mapped, refuse
from questionbank.errors import BadItem
from questionbank.kinds import ItemType

MOST_PARTS, MOST_SHARE = 20, 1_000


def check(kind: ItemType, content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    """Raise BadItem unless content and key fit the type and each other, and nothing is `lacking`."""
    check_draft(kind, content, key)
    for lack in lacking(kind, content, key):
        raise lack


def check_draft(kind: ItemType, content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    """Raise BadItem unless content and key fit the type and each other; words may be `lacking`.

    A fault in a composite's part p1 has a field such as `content.parts.p1.options` or `key.parts.p1.right`.
    """
    if not is_said(content.get("stem")):
        refuse("content.stem", "stem_empty", "the stem is empty")
    check_media(content)
    _CHECKS[kind](content, key)


def _check_composite(content: Json, key: Json) -> None:
    parts, keys = listed(content.get("parts")), mapped(key.get("parts"))
    if not 0 < len(parts) <= MOST_PARTS or not all(map(_is_part, parts)):
        reason = f"it has 1 to {MOST_PARTS} parts, each with an id, a type, a share of at least 1 and a content"
        refuse("content.parts", "parts_malformed", reason)
    ids = [part["id"] for part in parts]
    if len(set(ids)) < len(ids):
        refuse("content.parts", "parts_same", "two parts have the same id")
    if set(keys) != set(ids) or not all(isinstance(one, Mapping) for one in keys.values()):
        refuse("key.parts", "part_unanswered", "the key does not answer each part")
    for part in parts:
        _check_part(part, keys[part["id"]])


def _is_part(part: Any) -> bool:
    return (
        isinstance(part, Mapping)
        and is_id(part.get("id"))
        and part.get("type") in [kind for kind in ItemType if kind != ItemType.COMPOSITE]
        and is_whole(part.get("share"), 1, MOST_SHARE)
        and isinstance(part.get("content"), Mapping)
    )


def _check_part(part: Json, key: Json) -> None:
    try:
        check_draft(ItemType(part["type"]), part["content"], key)
    except BadItem as refusal:
        side, _, place = refusal.extra["field"].partition(".")
        found = {**refusal.extra, "field": f"{side}.parts.{part['id']}.{place}"}
        raise BadItem(**found) from refusal


_CHECKS: dict[ItemType, Callable[[Json, Json], None]] = {
    ItemType.SINGLE_CHOICE: choices.check_single,
    ItemType.MULTIPLE_CHOICE: choices.check_multiple,
    ItemType.TRUE_FALSE: choices.check_true_false,
    ItemType.FILL_IN: texts.check_fill_in,
    ItemType.NUMERIC: texts.check_numeric,
    ItemType.INLINE_CHOICE: arrangements.check_inline_choice,
    ItemType.ORDERING: arrangements.check_ordering,
    ItemType.MATCHING: arrangements.check_matching,
    ItemType.HOTSPOT: hotspots.check_hotspot,
    ItemType.SHORT_ANSWER: texts.check_short,
    ItemType.EXTENDED_ANSWER: texts.check_extended,
    ItemType.COMPOSITE: _check_composite,
}

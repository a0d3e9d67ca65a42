"""Ids of options: letters that stay with a text however it is shown, and that tell nothing of the key."""

from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from questionbank.kinds import ItemType

LETTERS = ascii_uppercase
Wording = tuple[dict[str, Any], dict[str, Any]]
Options = Sequence[Mapping[str, Any]]


def options_of(texts: list[str]) -> list[dict[str, str]]:
    """Return options with ids a, b, c… that stay with their text however they are shown."""
    return [{"id": letter.lower(), "text": text} for letter, text in zip(LETTERS, texts, strict=False)]


def lettered(kind: ItemType, content: Mapping[str, Any], key: Mapping[str, Any]) -> Wording:
    """Return a sound content and key in which neither the ids nor the order of what is to be put in order tell the key.

    Who writes steps in their right order gives them ids in that order, and ids are sent to candidates. So what is
    ordered, matched or chosen in a gap stands in the order of its texts, which everybody sees, and is lettered anew.
    Choices and left sides stay as they are written.
    """
    rule = _RULES.get(kind)
    return rule(content, key) if rule else (dict(content), dict(key))


def _ordering(content: Mapping[str, Any], key: Mapping[str, Any]) -> Wording:
    options, ids = _by_text(content["options"])
    return {**content, "options": options}, {**key, "order": [ids[one] for one in key["order"]]}


def _matching(content: Mapping[str, Any], key: Mapping[str, Any]) -> Wording:
    matches, ids = _by_text(content["matches"])
    pairs = {left: ids[right] for left, right in key["pairs"].items()}
    return {**content, "matches": matches}, {**key, "pairs": pairs}


def _inline_choice(content: Mapping[str, Any], key: Mapping[str, Any]) -> Wording:
    gaps = [_by_text(options) for options in content["gaps"]]
    right = [ids[one] for (_, ids), one in zip(gaps, key["gaps"], strict=True)]
    return {**content, "gaps": [options for options, _ in gaps]}, {**key, "gaps": right}


def _composite(content: Mapping[str, Any], key: Mapping[str, Any]) -> Wording:
    parts, keys = [], {}
    for part in content["parts"]:
        inner, keys[part["id"]] = lettered(ItemType(part["type"]), part["content"], key["parts"][part["id"]])
        parts.append({**part, "content": inner})
    return {**content, "parts": parts}, {**key, "parts": keys}


def _by_text(options: Options) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the options in the order of their texts with new ids, and the new id of each old one."""
    ordered = sorted(options, key=lambda option: (option["text"], option.get("media", "")))
    letters = [letter.lower() for letter in LETTERS[: len(ordered)]]
    ids = {option["id"]: letter for option, letter in zip(ordered, letters, strict=True)}
    return [{**option, "id": ids[option["id"]]} for option in ordered], ids


_RULES: dict[ItemType, Callable[[Mapping[str, Any], Mapping[str, Any]], Wording]] = {
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.INLINE_CHOICE: _inline_choice,
    ItemType.COMPOSITE: _composite,
}

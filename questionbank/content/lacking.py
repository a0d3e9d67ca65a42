"""What a draft may still lack, and an item that is handed to review may not: words that a person has to write."""

from collections.abc import Iterator

from questionbank.content.media import MediaKind
from questionbank.content.shapes import Json, is_said, listed, mapped
from questionbank.errors import BadItem
from questionbank.kinds import ItemType


def lacking(kind: ItemType, content: Json, key: Json) -> Iterator[BadItem]:
    """Yield what a sound draft lacks, its parts' too: descriptions of pictures, reference answers."""
    return _lacking(ItemType(kind), content, key, "")  # a row that is not saved yet holds the word alone


def _lacking(kind: ItemType, content: Json, key: Json, place: str) -> Iterator[BadItem]:
    if any(one["kind"] == MediaKind.PICTURE and not is_said(one.get("alt")) for one in listed(content.get("media"))):
        yield _undescribed(f"content.{place}media")
    if kind is ItemType.HOTSPOT and not is_said(content["picture"].get("alt")):
        yield _undescribed(f"content.{place}picture")
    if kind.is_written and not is_said(key.get("reference")):
        yield BadItem(field=f"key.{place}reference", fault="no_reference", reason="it has no reference answer")
    for part in listed(content.get("parts")):
        answered = mapped(mapped(key.get("parts")).get(part["id"]))
        yield from _lacking(ItemType(part["type"]), part["content"], answered, f"{place}parts.{part['id']}.")


def _undescribed(field: str) -> BadItem:
    return BadItem(field=field, fault="media_undescribed", reason="a picture has no description")

"""Pictures, sounds and films that a content names by their digest."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from questionbank.content.shapes import Json, is_digest, is_said, is_whole, listed, mapped, refuse

MOST_MEDIA, MOST_PLAYS = 12, 20


class MediaKind(StrEnum):
    PICTURE = "PICTURE"
    AUDIO = "AUDIO"
    VIDEO = "VIDEO"


def check_media(content: Json) -> None:
    """Raise BadItem unless the content's media are whole, different, and pictures described."""
    if "media" not in content:
        return
    media, field = listed(content["media"]), "content.media"
    if media != content["media"] or len(media) > MOST_MEDIA or not all(map(_is_whole_medium, media)):
        refuse(field, "media_malformed", f"it has at most {MOST_MEDIA} media, each with digest, kind and media type")
    if len({medium["digest"] for medium in media}) < len(media):
        refuse(field, "media_same", "a medium is named twice")
    if any(medium["kind"] == MediaKind.PICTURE and not is_said(medium.get("alt")) for medium in media):
        refuse(field, "media_undescribed", "a picture has no description")


def _is_whole_medium(medium: Any) -> bool:
    return (
        isinstance(medium, Mapping)
        and is_digest(medium.get("digest"))
        and medium.get("kind") in list(MediaKind)
        and is_said(medium.get("media_type"))
        and isinstance(medium.get("alt", ""), str)
        and ("plays" not in medium or _may_be_counted(medium))
    )


def _may_be_counted(medium: Json) -> bool:
    return medium["kind"] != MediaKind.PICTURE and is_whole(medium["plays"], 1, MOST_PLAYS)


def named(content: Json) -> set[str]:
    """Return the digests of the content's media entries, which its options may name."""
    return {medium["digest"] for medium in listed(content.get("media"))}


def digests(content: Json) -> set[str]:
    """Return the digests of all files that a sound content shows: its media, its picture, those of its parts."""
    return set(_digests(content))


def _digests(content: Json) -> Iterator[str]:
    yield from named(content)
    if "picture" in content:
        yield content["picture"]["digest"]
    for part in listed(content.get("parts")):
        yield from _digests(mapped(part["content"]))

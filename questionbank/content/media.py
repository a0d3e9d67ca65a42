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
    """Raise BadItem unless the content's media are whole and different."""
    if "media" not in content:
        return
    media, field = listed(content["media"]), "content.media"
    if media != content["media"] or len(media) > MOST_MEDIA or not all(map(_is_whole_medium, media)):
        refuse(field, "media_malformed", f"it has at most {MOST_MEDIA} media, each with digest, kind and media type")
    if len({medium["digest"] for medium in media}) < len(media):
        refuse(field, "media_same", "a medium is named twice")


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


def files(content: Json, at: str = "content") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each file that a sound content shows, its parts' too: the field that names it, and how it is described."""
    for medium in listed(content.get("media")):
        yield f"{at}.media", medium
    if "picture" in content:
        yield f"{at}.picture", content["picture"]
    for part in listed(content.get("parts")):
        yield from files(mapped(part["content"]), f"{at}.parts.{part['id']}")


def digests(content: Json) -> set[str]:
    """Return the digests of all files that a sound content shows."""
    return {entry["digest"] for _, entry in files(content)}


def with_digests(content: Json, kept: Mapping[str, str]) -> dict[str, Any]:
    """Return the content with the digests under which its files are kept, by those that it names them with now."""

    def renamed(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: _kept(name, inner, kept) or renamed(inner) for name, inner in value.items()}
        return [renamed(one) for one in value] if isinstance(value, list) else value

    return {name: renamed(value) for name, value in content.items()}


def _kept(name: str, value: Any, kept: Mapping[str, str]) -> str | None:
    """Return the new digest of what names a file: a `digest`, or the `media` of an option."""
    return kept.get(value, value) if name in ("digest", "media") and isinstance(value, str) else None

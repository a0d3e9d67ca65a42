"""Lists of options: what is chosen, ordered, matched."""

from collections.abc import Mapping
from typing import Any

from questionbank.content.media import named
from questionbank.content.shapes import Json, is_id, is_said, listed, refuse

LEAST_OPTIONS, MOST_OPTIONS = 2, 26


def checked_ids(content: Json, options: Any, *, field: str) -> list[str]:
    """Return the ids of a list of options; raises BadItem naming `field` unless they are sound and different."""
    found = listed(options)
    if not LEAST_OPTIONS <= len(found) <= MOST_OPTIONS or not all(map(_is_whole, found)):
        refuse(field, "options_missing", f"it needs {LEAST_OPTIONS} to {MOST_OPTIONS} options, none of them empty")
    ids = [option["id"] for option in found]
    shown = {(option["text"].strip(), option.get("media")) for option in found}
    if len(set(ids)) < len(ids) or len(shown) < len(ids):
        refuse(field, "options_same", "two options are the same")
    if not {option["media"] for option in found if option.get("media")} <= named(content):
        refuse(field, "media_unknown", "an option names a medium that the content does not have")
    return ids


def _is_whole(option: Any) -> bool:
    return (
        isinstance(option, Mapping)
        and is_id(option.get("id"))
        and isinstance(option.get("text"), str)
        and isinstance(option.get("media"), str | None)
        and bool(is_said(option["text"]) or option.get("media"))
    )

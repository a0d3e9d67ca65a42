"""The files of a read item as the bank keeps them: pictures may be encoded anew, so digests and types change."""

from collections.abc import Callable, Mapping
from typing import Any

from questionbank import content
from questionbank.interchange.model import Medium, ReadItem
from questionbank.media import keeping
from questionbank.media.keeping import Stored

Put = Callable[[bytes], str]
"""Takes the bytes of a file that is kept and returns their digest."""


def kept(item: ReadItem, put: Put) -> dict[str, Stored]:
    """Return for each digest that the item names the file that is kept; raises BadMedium, TooLarge."""
    return {medium.digest: _kept(medium, put) for medium in item.media}


def _kept(medium: Medium, put: Put) -> Stored:
    return keeping.stored(medium.name, medium.data, put)


def described(shown: Mapping[str, Any], files: Mapping[str, Stored]) -> dict[str, Any]:
    """Return the content with its files named and described as they are kept."""
    renamed = content.with_digests(shown, {was: now.digest for was, now in files.items()})
    by_digest = {file.digest: file for file in files.values()}
    for _, entry in content.files(renamed):
        if entry["digest"] in by_digest:
            entry.update(_facts(entry, by_digest[entry["digest"]]))
    return renamed


def _facts(entry: Mapping[str, Any], file: Stored) -> dict[str, Any]:
    facts = {"kind": str(file.kind), "media_type": file.media_type, "width": file.width, "height": file.height}
    return {name: value for name, value in facts.items() if name in entry}

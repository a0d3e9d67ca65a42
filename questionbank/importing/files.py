"""The files of a read item as the bank keeps them: pictures may be encoded anew, so digests and types change. Pure."""

import hashlib
from collections.abc import Mapping
from typing import Any

from questionbank import content
from questionbank.interchange.model import Medium, ReadItem
from questionbank.media.files import MediumFile, prepared


def kept(item: ReadItem) -> dict[str, tuple[str, MediumFile]]:
    """Return for each digest that the item names the digest and the file that are kept; raises BadMedium, TooLarge."""
    return {medium.digest: _kept(medium) for medium in item.media}


def _kept(medium: Medium) -> tuple[str, MediumFile]:
    file = prepared(medium.data, name=medium.name)
    return hashlib.sha256(file.data).hexdigest(), file


def described(shown: Mapping[str, Any], files: Mapping[str, tuple[str, MediumFile]]) -> dict[str, Any]:
    """Return the content with its files named and described as they are kept."""
    renamed = content.with_digests(shown, {was: now for was, (now, _) in files.items()})
    by_digest = dict(files.values())
    for _, entry in content.files(renamed):
        if entry["digest"] in by_digest:
            entry.update(_facts(entry, by_digest[entry["digest"]]))
    return renamed


def _facts(entry: Mapping[str, Any], file: MediumFile) -> dict[str, Any]:
    facts = {"kind": str(file.kind), "media_type": file.media_type, "width": file.width, "height": file.height}
    return {name: value for name, value in facts.items() if name in entry}

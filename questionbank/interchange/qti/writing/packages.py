"""Items written as a content package: a zip file with a manifest, the same bytes for the same items."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from questionbank import content
from questionbank.interchange.model import Format, Level, Problem, ReadItem
from questionbank.interchange.qti.items import UNNAMED
from questionbank.interchange.qti.writing.items import document, is_worth
from questionbank.interchange.qti.writing.manifests import Entry, manifest
from questionbank.interchange.qti.writing.markup import address
from questionbank.interchange.qti.writing.responses import is_name

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
MANIFEST = "imsmanifest.xml"


def write(version: Format, items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write the items to the path; yield what could not be carried."""
    with ZipFile(target, "w") as package:
        writer = _Writer(package, version)
        for number, item in enumerate(items, 1):
            yield from writer.write(item, number)
        _put(package, MANIFEST, manifest(writer.entries, version), ZIP_DEFLATED)


class _Writer:
    """Writes item after item, and each medium once."""

    def __init__(self, package: ZipFile, version: Format):
        self._package = package
        self._version = version
        self._names: set[str] = set()
        self.entries: list[Entry] = []

    def write(self, item: ReadItem, number: int) -> Iterator[Problem]:
        held = {medium.digest: medium for medium in item.media}
        missing = sorted(content.digests(item.content) - set(held))
        if missing:
            yield Problem(item.where, Level.ERROR, "media_missing", ", ".join(missing))
            return
        yield from _losses(item)
        files = [address({"digest": digest, "media_type": held[digest].media_type}) for digest in sorted(held)]
        for name, digest in zip(files, sorted(held), strict=True):
            self._once(name, held[digest].data)
        identifier = self._identifier(item, number)
        name = self._name(item.external_id or identifier)
        _put(self._package, name, document(item, identifier, self._version), ZIP_DEFLATED)
        self.entries.append(Entry(f"resource-{number}", name, tuple(files), item))

    def _once(self, name: str, data: bytes) -> None:
        if name not in self._names:
            self._names.add(name)
            _put(self._package, name, data, ZIP_STORED)

    def _identifier(self, item: ReadItem, number: int) -> str:
        """Return the item's identifier; version 3 takes names only, and the metadata then tell what it is."""
        is_told = is_name(item.external_id) if self._version is Format.QTI3 else bool(item.external_id)
        return item.external_id if is_told else f"{UNNAMED}{number}"

    def _name(self, identifier: str) -> str:
        """Return a name in the package that no other item has."""
        base = _UNSAFE.sub("-", identifier).strip(".-")[:60] or "item"
        name, number = f"items/{base}.xml", 1
        while name.lower() in self._names:
            number += 1
            name = f"items/{base}-{number}.xml"
        self._names.add(name.lower())
        return name


def _losses(item: ReadItem) -> Iterator[Problem]:
    """Yield a warning for each thing of the item that QTI has no place for."""
    if item.points and not is_worth(item.points):
        yield Problem(item.where, Level.WARNING, "points_dropped", item.points)
    for one in (item.content, *(part["content"] for part in item.content.get("parts", []))):
        if any(option.get("media") for options in one.get("gaps", []) for option in options):
            yield Problem(item.where, Level.WARNING, "gap_pictures_apart", "pictures of gaps are shown below the stem")


def _put(package: ZipFile, name: str, data: bytes, compression: int) -> None:
    info = ZipInfo(name, _EARLIEST)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    package.writestr(info, data)


write_qti21 = partial(write, Format.QTI21)
write_qti22 = partial(write, Format.QTI22)
write_qti3 = partial(write, Format.QTI3)

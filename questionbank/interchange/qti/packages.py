"""Packages and single files of QTI 2 and 3, read item by item."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from questionbank.interchange import archives, media, xml
from questionbank.interchange.archives import Package
from questionbank.interchange.model import Event, Level, Medium, Problem, Refused, Unsupported
from questionbank.interchange.qti import stimuli
from questionbank.interchange.qti.items import Surroundings, read_item
from questionbank.interchange.qti.metadata import Metadata, read_metadata
from questionbank.interchange.qti.vocabulary import plain
from questionbank.interchange.sniffing import manifest_name
from questionbank.interchange.xml import Element

_ZIP = b"PK\x03\x04"
_ITEM, _TEST, _STIMULUS = "assessmentItem", "assessmentTest", "assessmentStimulus"


@dataclass(frozen=True)
class Folder:
    """The files that a document names, relative to itself or, with a slash, to the package."""

    package: Package | None
    base: str = ""

    def name(self, address: str) -> str:
        """Return the name in the package of what the address leads to, as the package writes it where it holds it."""
        path = address.partition("#")[0].partition("?")[0].replace("\\", "/")
        meant, literal = self._joined(unquote(path)), self._joined(path)
        held = (self.package.held(meant) or self.package.held(literal)) if self.package else ""
        return held or meant

    def _joined(self, path: str) -> str:
        return posixpath.normpath(posixpath.join("/" + self.base, path)).lstrip("/")

    def data(self, address: str) -> bytes | None:
        """Return the bytes of the file, None when it is not there."""
        name = self.name(address)
        return self.package.read(name) if self.package is not None and name in self.package else None

    def medium(self, address: str) -> Medium | None:
        """Return the picture, sound or film, None when there is none."""
        data = self.data(address) if address else None
        return None if data is None else media.medium(data, self.name(address))


def read(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the package or the file holds; raises Refused."""
    with path.open("rb") as file:
        is_package = file.read(len(_ZIP)) == _ZIP
    if is_package:
        with archives.opened(path) as package:
            yield from _of_package(package)
    else:
        yield from _of_document(xml.parse(path.read_bytes()), path.name, Folder(None), Metadata())


def _of_package(package: Package) -> Iterator[Event]:
    manifest = manifest_name(package)
    if manifest is None:
        for name in package.names:
            if name.lower().endswith(".xml"):
                yield from _of_member(package, name, Metadata())
        return
    top = Folder(package, posixpath.dirname(manifest))
    for resource in xml.walk(package.pieces(manifest), {"resource"}):
        yield from _of_resource(package, resource, top)


def _of_resource(package: Package, resource: Element, top: Folder) -> Iterator[Event]:
    kind = resource.get("type", "")
    base = resource.get("{http://www.w3.org/XML/1998/namespace}base", "")
    name = top.name(posixpath.join(base, resource.get("href", "")))
    if "imsqti" not in kind or "stimulus" in kind or not resource.get("href"):
        return
    if name not in package:
        yield Problem(name, Level.ERROR, "file_missing", "the manifest names it, the package does not hold it")
        return
    yield from _of_member(package, name, read_metadata(resource))


def _of_member(package: Package, name: str, metadata: Metadata) -> Iterator[Event]:
    try:
        root = xml.parse(package.read(name))
    except Refused as refusal:
        if refusal.code != "xml_malformed":
            raise
        yield Problem(name, Level.ERROR, refusal.code, refusal.detail)
        return
    yield from _of_document(root, name, Folder(package, posixpath.dirname(name)), metadata)


def _of_document(root: Element, where: str, folder: Folder, metadata: Metadata) -> Iterator[Event]:
    tree = plain(root)
    if tree.tag == _ITEM:
        yield from stimuli.include(tree, where, folder.name, folder.data)
        yield from read_item(tree, xml.source(root), Surroundings(where, folder.medium, metadata))
    elif tree.tag == _TEST:
        yield Unsupported(where, "test", "a paper; its items are read one by one", xml.source(root))
    elif tree.tag != _STIMULUS and "Stylesheet" not in str(tree.tag):
        yield Unsupported(where, "document", f"<{xml.name(root)}>", xml.source(root))

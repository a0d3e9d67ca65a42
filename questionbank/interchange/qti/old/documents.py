"""Files and packages of QTI 1.2, read item by item."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from questionbank.interchange import archives, xml
from questionbank.interchange.archives import Package
from questionbank.interchange.gathering import Find
from questionbank.interchange.model import Event, Level, Problem, Refused
from questionbank.interchange.qti.old.files import Files
from questionbank.interchange.qti.old.items import read_item
from questionbank.interchange.qti.vocabulary import plain
from questionbank.interchange.sniffing import manifest_name
from questionbank.interchange.xml import Element

_ZIP = b"PK\x03\x04"
_REFERENCES = {"bank_entry_item", "sourcebank_ref", "itemref", "sectionref"}
_FULLER = "non_cc_assessments/{}.xml.qti"  # Canvas keeps there what a Common Cartridge cannot say


def read(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the package or the file holds; raises Refused."""
    with path.open("rb") as file:
        is_package = file.read(len(_ZIP)) == _ZIP
        file.seek(0)
        if not is_package:
            yield from _of_document(xml.chunks(file), path.name, lambda _address: None)
            return
    with archives.opened(path) as package:
        find = Files(package).find
        for name in _documents(package):
            yield from _of_member(package, name, partial(find, posixpath.dirname(name)))


def _documents(package: Package) -> list[str]:
    """Return the names of the documents with questions, each once, in the order of the manifest."""
    manifest = manifest_name(package)
    if manifest is None:
        return [name for name in package.names if name.lower().endswith((".xml", ".qti"))]
    top = posixpath.dirname(manifest)
    named = [
        _document(package, resource, top)
        for resource in xml.walk(package.pieces(manifest), {"resource"})
        if _holds_questions(resource)
    ]
    return list(dict.fromkeys(name for name in named if name))


def _holds_questions(resource: Element) -> bool:
    kind = resource.get("type", "")
    return "imsqti" in kind or kind.startswith("assessment/x-bb-qti") or resource.get("href", "").endswith(".xml.qti")


def _document(package: Package, resource: Element, top: str) -> str:
    fuller = posixpath.join(top, _FULLER.format(resource.get("identifier", "")))
    if fuller in package:
        return fuller
    files = [resource.get("href", ""), *(one.get("href", "") for one in xml.children(resource, "file"))]
    blackboard = next((value for key, value in resource.attrib.items() if str(key).endswith("}file")), "")
    named = next((one for one in (*files, str(blackboard)) if one and not one.endswith("assessment_meta.xml")), "")
    return posixpath.normpath(posixpath.join(top, unquote(named))) if named else ""


def _of_member(package: Package, name: str, find: Find) -> Iterator[Event]:
    if name not in package:
        yield Problem(name, Level.ERROR, "file_missing", "the manifest names it, the package does not hold it")
        return
    try:
        yield from _of_document(package.pieces(name), name, find)
    except Refused as refusal:
        if refusal.code != "xml_malformed":
            raise
        yield Problem(name, Level.ERROR, refusal.code, refusal.detail)


def _of_document(pieces: Iterable[bytes], name: str, find: Find) -> Iterator[Event]:
    for element in xml.walk(pieces, {"item", *_REFERENCES}):
        where = f"{name}#{element.get('ident') or element.sourceline}"
        if xml.name(element) != "item":
            named = element.get("item_ref") or element.get("linkrefid") or xml.text(element)
            yield Problem(where, Level.WARNING, "bank_reference", f"{xml.name(element)} {named}: the item is elsewhere")
        else:
            yield from read_item(plain(element), xml.source(element), where, find)

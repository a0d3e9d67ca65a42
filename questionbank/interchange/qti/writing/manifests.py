"""The manifest of a content package."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from questionbank.interchange.model import Format, ReadItem
from questionbank.interchange.qti.writing.locations import LOCATION, MANIFESTS, METADATA
from questionbank.interchange.qti.writing.lom import LOM, lom
from questionbank.interchange.xml import Element

NAMESPACES = {
    Format.QTI21: "http://www.imsglobal.org/xsd/imscp_v1p1",
    Format.QTI22: "http://www.imsglobal.org/xsd/imscp_v1p1",
    Format.QTI3: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
_SCHEMAS = {
    Format.QTI21: ("QTIv2.1 Package", "1.0.0"),
    Format.QTI22: ("QTIv2.2 Package", "1.0.0"),
    Format.QTI3: ("QTI Package", "3.0.0"),
}
_TYPES = {
    Format.QTI21: "imsqti_item_xmlv2p1",
    Format.QTI22: "imsqti_item_xmlv2p2",
    Format.QTI3: "imsqti_item_xmlv3p0",
}


@dataclass(frozen=True)
class Entry:
    """A resource of the package: an item's document, and the media that it shows."""

    identifier: str
    name: str
    media: Sequence[str]
    item: ReadItem


def manifest(entries: Sequence[Entry], version: Format) -> bytes:
    """Return the manifest as an XML file."""
    space = NAMESPACES[version]
    root = etree.Element(f"{{{space}}}manifest", {"identifier": "examsvc-items"}, nsmap={None: space, "lom": LOM})  # type: ignore[dict-item] # None is the default
    root.set(LOCATION, f"{space} {MANIFESTS[version]} {LOM} {METADATA[version]}")
    schema, number = _SCHEMAS[version]
    metadata = _below(root, "metadata")
    _below(metadata, "schema").text = schema
    _below(metadata, "schemaversion").text = number
    _below(root, "organizations")
    resources = _below(root, "resources")
    for entry in entries:
        _add(resources, entry, version)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(resources: Element, entry: Entry, version: Format) -> None:
    resource = _below(resources, "resource", identifier=entry.identifier, type=_TYPES[version], href=entry.name)
    described = lom(entry.item)
    if len(described):
        _below(resource, "metadata").append(described)
    for name in (entry.name, *entry.media):
        _below(resource, "file", href=name)


def _below(parent: Element, name: str, **attributes: str) -> Element:
    space = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{space}}}{name}", attributes)

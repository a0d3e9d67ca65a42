"""Names of QTI: which version a document is, and one set of names for versions 2 and 3."""

import re

from lxml import etree

from questionbank.interchange.model import Format
from questionbank.interchange.xml import Element

MATHML = "http://www.w3.org/1998/Math/MathML"
QTI2 = {
    "http://www.imsglobal.org/xsd/imsqti_v2p0": Format.QTI21,
    "http://www.imsglobal.org/xsd/imsqti_v2p1": Format.QTI21,
    "http://www.imsglobal.org/xsd/imsqti_v2p2": Format.QTI22,
}
QTI3 = {"http://www.imsglobal.org/xsd/imsqtiasi_v3p0": Format.QTI3}
NAMESPACES = {
    Format.QTI21: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    Format.QTI22: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    Format.QTI3: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
HTML = frozenset({"p", "div", "span", "img", "object", "ol", "ul", "li", "br"})
_SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_HTML_NAMESPACES = {"http://www.w3.org/1999/xhtml"}


def version_of(root: Element) -> Format | None:
    """Return the version of a document of QTI 2 or 3, by namespace, else by schema location, else by the root's name."""
    for namespace in (etree.QName(root).namespace or "", *root.get(_SCHEMA_LOCATION, "").split()):
        found = (QTI2 | QTI3).get(namespace.strip())
        if found:
            return found
    name = etree.QName(root).localname
    if name.startswith("qti-assessment"):
        return Format.QTI3
    return Format.QTI21 if name in {"assessmentItem", "assessmentStimulus", "assessmentTest"} else None


def plain(root: Element) -> Element:
    """Return a copy with the names of version 2 and without namespaces, but for those that are not QTI's."""
    copy = etree.Element(_plain_name(root), {_camel(name): value for name, value in root.attrib.items()})
    copy.text = root.text
    for child in root:
        _append_plain(copy, child)
    return copy


def _append_plain(parent: Element, child: Element) -> None:
    if isinstance(child.tag, str):
        parent.append(plain(child))
        parent[-1].tail = child.tail
    elif child.tail:  # what follows a comment or an instruction to a program
        append_text(parent, child.tail)


def append_text(parent: Element, text: str) -> None:
    """Add `text` behind everything that stands in `parent`."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def renamed(root: Element, version: Format) -> Element:
    """Return a tree with the names of version 2 as a document of `version`, in its namespace."""
    namespace = NAMESPACES[version]
    name = _kebab_name(root) if version is Format.QTI3 else str(root.tag)
    tag = name if name.startswith("{") else f"{{{namespace}}}{name}"
    attributes = {_kebab_attribute(root, key, version): value for key, value in root.attrib.items()}
    copy = etree.Element(tag, attributes, nsmap={None: etree.QName(tag).namespace})
    copy.text, copy.tail = root.text, root.tail
    copy.extend([renamed(child, version) for child in root])
    return copy


def _plain_name(element: Element) -> str:
    name = etree.QName(element)
    if name.namespace and name.namespace not in {*QTI2, *QTI3, *_HTML_NAMESPACES}:
        return str(element.tag)
    if name.localname.startswith("qti-"):
        return _camel(name.localname.removeprefix("qti-"))
    return name.localname


def _kebab_name(element: Element) -> str:
    tag = str(element.tag)
    return tag if tag in HTML or tag.startswith("{") else "qti-" + _kebab(tag)


def _kebab_attribute(element: Element, name: str, version: Format) -> str:
    if version is not Format.QTI3 or element.tag in HTML or name.startswith("{"):
        return name
    return _kebab(name)


def _camel(name: str) -> str:
    if name.startswith(("{", "data-", "aria-")):
        return name
    return re.sub(r"-([a-z])", lambda found: found[1].upper(), name)


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: "-" + found[0].lower(), name)

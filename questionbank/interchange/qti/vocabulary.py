"""One set of names for QTI 2 and 3: that of version 2, without namespaces."""

import re

from lxml import etree

from questionbank.interchange import xml
from questionbank.interchange.model import Format
from questionbank.interchange.xml import Element

MATHML = "http://www.w3.org/1998/Math/MathML"
NAMESPACES = {
    Format.QTI21: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    Format.QTI22: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    Format.QTI3: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
HTML = frozenset({"p", "div", "span", "img", "object", "ol", "ul", "li", "br"})
_XHTML = "http://www.w3.org/1999/xhtml"
_QTI = ("imsqti", "ims_qti")  # in every namespace of QTI, however they are spaced


def plain(root: Element) -> Element:
    """Return a copy with the names of version 2 and without namespaces, but for those that are not QTI's."""
    copy = etree.Element(_plain_name(root), {_camel(str(name)): str(value) for name, value in root.attrib.items()})
    copy.text = root.text
    for child in root:
        _append_plain(copy, child)
    return copy


def _append_plain(parent: Element, child: Element) -> None:
    if xml.name(child):
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
    name = _kebab_name(root) if version is Format.QTI3 else str(root.tag)
    tag = name if name.startswith("{") else f"{{{NAMESPACES[version]}}}{name}"
    copy = etree.Element(tag, nsmap={None: etree.QName(tag).namespace})  # type: ignore[dict-item] # None is the default
    for key, value in root.attrib.items():
        copy.set(_kebab_attribute(root, str(key), version), str(value))
    copy.text, copy.tail = root.text, root.tail
    copy.extend([renamed(child, version) for child in root])
    return copy


def _plain_name(element: Element) -> str:
    namespace, name = xml.namespace(element), xml.name(element)
    if namespace and namespace != _XHTML and not any(part in namespace for part in _QTI):
        return str(element.tag)
    return _camel(name.removeprefix("qti-")) if name.startswith("qti-") else name


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

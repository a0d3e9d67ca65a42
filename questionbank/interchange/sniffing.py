"""The format of a file, told by what it holds: never by its name, and of XML by the namespace before the root."""

from pathlib import Path

from questionbank.interchange import archives, sniffing_texts, xml
from questionbank.interchange.archives import Package
from questionbank.interchange.model import Format, Refused
from questionbank.interchange.xml import Element

MOST_BYTES = 1024**3
_HEAD_BYTES = 64 * 1024
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIPPED_NAMES = {".zip", ".xlsx", ".xlsm", ".docx", ".imscc"}
_NAMESPACES = (
    ("imsqtiasi_v3p", Format.QTI3),
    ("imsqti_v2p2", Format.QTI22),
    ("imsqti_v2p1", Format.QTI21),
    ("imsqti_v2p0", Format.QTI21),
    ("qtiasiv1p2", Format.QTI12),
)
_RESOURCES = (
    ("v3p0", Format.QTI3),
    ("xmlv2p2", Format.QTI22),
    ("xmlv2p1", Format.QTI21),
    ("xmlv2p0", Format.QTI21),
    ("xmlv1p", Format.QTI12),
    ("assessment_question_bank", Format.QTI12),
)
_ROOTS = {
    "questestinterop": Format.QTI12,
    "assessmentItem": Format.QTI21,
    "assessmentTest": Format.QTI21,
    "qti-assessment-item": Format.QTI3,
    "qti-assessment-test": Format.QTI3,
}


def sniff(path: Path) -> Format:
    """Return the file's format; raises Refused when it is none that is read, or not what its name promises."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise Refused("file_empty", "there is nothing in it")
    if size > MOST_BYTES:
        raise Refused("file_too_large", f"{size} bytes; at most {MOST_BYTES}")
    if head.startswith(_OLD_OFFICE):
        raise Refused("format_old_office", "save it as .xlsx or .docx first")
    if head.startswith(_ZIP):
        with archives.opened(path) as package:
            return _of_package(package)
    if path.suffix.lower() in _ZIPPED_NAMES:
        raise Refused("wrong_magic", f"it is named {path.suffix.lower()} and is no such file")
    return _of_xml(head) if _looks_like_xml(head) else sniffing_texts.sniff(path)


def _looks_like_xml(head: bytes) -> bool:
    return (
        head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<?xml", b"<!DOCTYPE", b"<quiz"))
    )


def _of_xml(head: bytes) -> Format:
    root = xml.first_element(head)
    if root is None:
        raise Refused("xml_malformed", "it begins like XML and is none")
    space, name = xml.namespace(root), xml.name(root)
    if named := _first(_NAMESPACES, space):
        return named
    if name == "quiz" and not space:
        return Format.MOODLE_XML
    if name == "quiz":
        raise Refused("format_unknown", f"a <quiz> of {space} only describes questions; give the whole package")
    if name in _ROOTS:
        return _first(_NAMESPACES, " ".join(root.nsmap.values())) or _ROOTS[name]
    raise Refused("format_unknown", f"XML that begins with <{name}>")


def _of_package(package: Package) -> Format:
    if "xl/workbook.xml" in package:
        return Format.XLSX
    if "word/document.xml" in package:
        return Format.DOCX
    if manifest := manifest_name(package):
        return _of_manifest(package, manifest)
    for name in package.names:
        if name.lower().endswith(".xml"):
            return _of_xml(next(package.pieces(name), b""))
    raise Refused("format_unknown", "a package without a manifest and without XML")


def manifest_name(package: Package) -> str | None:
    """Return the name of the package's manifest that lies highest; None when there is none."""
    found = [name for name in package.names if name.lower().rpartition("/")[2] == "imsmanifest.xml"]
    return min(found, key=lambda name: name.count("/"), default=None)


def _of_manifest(package: Package, manifest: str) -> Format:
    kinds: set[str] = set()
    for resource in xml.walk(package.pieces(manifest), {"resource"}):
        kinds |= {resource.get("type", ""), *_files_by_namespace(package, resource, manifest)}
    told = " ".join(sorted(kinds))
    if named := _first(_RESOURCES, told) or _first(_NAMESPACES, told):
        return named
    raise Refused("format_unknown", f"a package of {told[:200] or 'nothing'}")


def _files_by_namespace(package: Package, resource: Element, manifest: str) -> set[str]:
    """Return the namespace of the resource's file when its type tells no version."""
    if "xmlv" in resource.get("type", "") or not resource.get("href", "").endswith(".xml"):
        return set()
    name = manifest.rpartition("/")[0] + "/" + resource.get("href", "")
    name = name.lstrip("/")
    root = xml.first_element(next(package.pieces(name), b"")) if name in package else None
    return {xml.namespace(root)} if root is not None else set()


def _first(table: tuple[tuple[str, Format], ...], told: str) -> Format | None:
    return next((named for part, named in table if part in told), None)

"""Word documents (.docx) as lines, one paragraph at a time."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from questionbank.interchange import archives, office, xml
from questionbank.interchange.archives import Package
from questionbank.interchange.words import paragraphs
from questionbank.interchange.words.lines import Line
from questionbank.interchange.words.numbering import Numbering
from questionbank.interchange.xml import Element

MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_NUMBERING = "word/numbering.xml"


def lines(path: Path) -> Iterator[Line]:
    """Yield the document's paragraphs, also those of its tables; raises Refused at once for an unsound file."""
    office.look_through(path, MAIN)
    return _lines(path)


def _lines(path: Path) -> Iterator[Line]:
    with archives.opened(path) as package:
        reader = _Reader(package)
        for block in xml.walk(package.pieces(MAIN), {"p", "tbl"}):
            yield from reader.table(block) if xml.name(block) == "tbl" else [reader.paragraph(block)]


class _Reader:
    def __init__(self, package: Package):
        self._package = package
        self._related = _related(package)
        self._numbering = Numbering(xml.parse(package.read(_NUMBERING)) if _NUMBERING in package else None)
        self._count = 0

    def paragraph(self, element: Element) -> Line:
        self._count += 1
        read = paragraphs.read(element, self._load)
        label = self._numbering.label(element)
        return Line(self._count, f"{label}{read.text}", tuple(read.media), read.alts, tuple(read.losses))

    def table(self, element: Element) -> Iterator[Line]:
        """Yield a line for each row: its cells are parted by tabs, as a table has no place in an item."""
        for row in xml.children(element, "tr"):
            cells = [[self.paragraph(p) for p in cell.iter() if xml.name(p) == "p"] for cell in xml.children(row, "tc")]
            all_ = [line for cell in cells for line in cell]
            text = "\t".join(" ".join(line.text for line in cell).strip() for cell in cells)
            lost = ("table_flattened", "表格按行读成文字 / a table is read as lines of text")
            losses = (lost, *(loss for line in all_ for loss in line.losses))
            media = tuple(medium for line in all_ for medium in line.media)
            alts = {digest: alt for line in all_ for digest, alt in line.alts.items()}
            yield Line(self._count, text, media, alts, losses)

    def _load(self, relation: str) -> tuple[str, bytes] | None:
        name = self._related.get(relation, "")
        return (posixpath.basename(name), self._package.read(name)) if name in self._package else None


def _related(package: Package) -> dict[str, str]:
    """Return the parts of this package by the ids that the document relates them to; nothing outside is ever asked."""
    if _RELATIONS not in package:
        return {}
    relations = xml.children(xml.parse(package.read(_RELATIONS)), "Relationship")
    inside = [one for one in relations if one.get("TargetMode") != "External"]
    return {one.get("Id", ""): _absolute(one.get("Target", "")) for one in inside}


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))

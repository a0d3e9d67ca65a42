"""Word documents (.docx) as lines, one paragraph at a time."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from questionbank.interchange import archives, office, xml
from questionbank.interchange.archives import Package
from questionbank.interchange.sheets.layouts import laid_out
from questionbank.interchange.sheets.rows import Cell, Row, Table
from questionbank.interchange.words import paragraphs
from questionbank.interchange.words.lines import Line
from questionbank.interchange.words.numbering import Numbering
from questionbank.interchange.xml import Element

MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_NUMBERING = "word/numbering.xml"


def blocks(path: Path) -> Iterator[Line | Table]:
    """Yield the document's paragraphs, and its tables of items, one a row, as tables; raises Refused at once.

    Any other table is yielded as lines, one for each row.
    """
    office.look_through(path, MAIN)
    return _blocks(path)


def _blocks(path: Path) -> Iterator[Line | Table]:
    with archives.opened(path) as package:
        reader = _Reader(package)
        for block in xml.walk(package.pieces(MAIN), {"p", "tbl"}):
            yield from reader.table(block) if xml.name(block) == "tbl" else [reader.paragraph(block)]


class _Reader:
    def __init__(self, package: Package):
        self._package = package
        self._related = _related(package)
        self._numbering = Numbering(xml.parse(package.read(_NUMBERING)) if _NUMBERING in package else None)
        self._count = self._tables = 0

    def paragraph(self, element: Element) -> Line:
        self._count += 1
        read = paragraphs.read(element, self._load)
        label = self._numbering.label(element)
        return Line(self._count, f"{label}{read.text}", tuple(read.media), read.alts, tuple(read.losses))

    def table(self, element: Element) -> Iterator[Line | Table]:
        """Yield the table when it has headings of items, else a line for each row, its cells parted by tabs."""
        rows = [self._cells(row) for row in xml.children(element, "tr")]
        self._tables += 1
        texts = [[" ".join(line.text for line in cell).strip() for cell in row] for row in rows]
        if not any(line.media for row in rows for cell in row for line in cell) and _has_headings(texts):
            yield _table(f"表格{self._tables}", texts)
            return
        for row, cells in zip(rows, texts, strict=True):
            yield self._flattened([line for cell in row for line in cell], "\t".join(cells))

    def _cells(self, row: Element) -> list[list[Line]]:
        cells = xml.children(row, "tc")
        return [[self.paragraph(one) for one in cell.iter() if xml.name(one) == "p"] for cell in cells]

    def _flattened(self, lines: list[Line], text: str) -> Line:
        lost = ("table_flattened", "表格按行读成文字 / a table is read as lines of text")
        losses = (lost, *(loss for line in lines for loss in line.losses))
        alts = {digest: alt for line in lines for digest, alt in line.alts.items()}
        return Line(self._count, text, tuple(medium for line in lines for medium in line.media), alts, losses)

    def _load(self, relation: str) -> tuple[str, bytes] | None:
        name = self._related.get(relation, "")
        return (posixpath.basename(name), self._package.read(name)) if name in self._package else None


def _table(name: str, texts: list[list[str]]) -> Table:
    rows = (Row(name, number, tuple(map(Cell, row))) for number, row in enumerate(texts, start=1) if any(row))
    return Table(name, rows)


def _has_headings(texts: list[list[str]]) -> bool:
    return laid_out(_table("", texts))[0] is not None


def _related(package: Package) -> dict[str, str]:
    """Return the parts of this package by the ids that the document relates them to; nothing outside is ever asked."""
    if _RELATIONS not in package:
        return {}
    relations = xml.children(xml.parse(package.read(_RELATIONS)), "Relationship")
    inside = [one for one in relations if one.get("TargetMode") != "External"]
    return {one.get("Id", ""): _absolute(one.get("Target", "")) for one in inside}


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("word", target))

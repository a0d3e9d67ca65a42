"""The elements that Word's equations are made of."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from questionbank.interchange.words.signs import MATRICES

nsmap.setdefault("m", "http://schemas.openxmlformats.org/officeDocument/2006/math")
MATRICES_BY_KIND = {kind: fences for fences, kind in MATRICES.items()} | {"matrix": ("", "")}


class NotCarried(Exception):
    """The formula uses what Word's equations are not written for here."""


def table(kind: str, rows: list[list[list[Any]]]) -> Any:
    if kind in ("cases", "aligned"):
        lines = [part("e", [one for cell in row for one in cell]) for row in rows]
        array = element("eqArr", *lines)
        return fenced("{", "", [array]) if kind == "cases" else array
    if kind not in MATRICES_BY_KIND:
        raise NotCarried(kind)
    matrix = element("m", *(element("mr", *(part("e", cell) for cell in row)) for row in rows))
    left, right = MATRICES_BY_KIND[kind]
    return fenced(left, right, [matrix]) if left else matrix


def fenced(left: str, right: str, inner: list[Any]) -> Any:
    return element("d", properties("d", begChr=left, endChr=right), part("e", inner))


def element(name: str, *children: Any) -> Any:
    made = OxmlElement(f"m:{name}")
    made.extend(children)
    return made


def part(name: str, children: list[Any]) -> Any:
    return element(name, *children)


def properties(name: str, **values: str) -> Any:
    made = OxmlElement(f"m:{name}Pr")
    for key, value in values.items():
        child = OxmlElement(f"m:{key}")
        child.set(qn("m:val"), value)
        made.append(child)
    return made


def run(text: str, *, style: str = "") -> Any:
    """Return the text as a run: "nor" is plain words, "p" upright as a function's name."""
    made, words = OxmlElement("m:r"), OxmlElement("m:t")
    if style == "nor":
        made.append(element("rPr", OxmlElement("m:nor")))
    elif style:
        made.append(properties("r", sty=style))
    words.text = text
    made.append(words)
    return made

"""Texts with formulas as the typesetter draws them: words, and trees of formulas. Pure."""

from typing import Any

from questionbank.interchange import xml
from questionbank.interchange.drafts import mathematics
from questionbank.interchange.words import latex
from questionbank.interchange.words.equations import NotCarried

Piece = dict[str, Any]
_ROWS = {"m": "mr", "eqArr": "e"}


def pieces(text: str) -> list[Piece]:
    """Return the words and formulas of a text; a formula that cannot be drawn stays as it is written."""
    found = [_formula(part) if place % 2 else {"words": part} for place, part in enumerate(mathematics.split(text))]
    return [piece for piece in found if piece.get("words") != ""]


def _formula(written: str) -> Piece:
    source = written[2:-2]
    try:
        tree = _row(latex.omml(source))
    except NotCarried:
        return {"words": source}
    return {"tree": tree, "source": source, "is_display": written.startswith("\\[")}


def _row(element: Any) -> list[Any]:
    return [_node(child) for child in xml.children(element)]


def _node(element: Any) -> dict[str, Any]:
    kind = xml.name(element)
    if kind == "r":
        return {"kind": kind, "text": "".join(element.itertext()), "style": _style(element)}
    if kind in _ROWS:
        rows = [_row(row) for row in xml.children(element, _ROWS[kind])]
        cells = [[_row(cell) for cell in xml.children(row, "e")] for row in xml.children(element, "mr")]
        return {"kind": kind, "rows": cells if kind == "m" else rows}
    made: dict[str, Any] = {"kind": kind}
    for child in xml.children(element):
        if xml.name(child).endswith("Pr"):
            made |= _properties(child)
        else:
            made[xml.name(child)] = _row(child)
    return made


def _style(element: Any) -> str:
    for child in xml.children(element, "rPr"):
        return "words" if xml.child(child, "nor") is not None else "upright"
    return ""


def _properties(element: Any) -> dict[str, str]:
    return {xml.name(one): str(next(iter(one.attrib.values()), "")) for one in xml.children(element)}

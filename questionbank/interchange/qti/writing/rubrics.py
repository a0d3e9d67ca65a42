"""What only who marks or teaches reads: the reference answer, the points to look for, the explanation."""

from collections.abc import Mapping
from typing import Any

from questionbank.interchange.qti.writing.markup import inline, paragraph
from questionbank.interchange.qti.writing.trees import filled, made
from questionbank.interchange.qti.written import EXPLANATION, POINT, REFERENCE
from questionbank.interchange.xml import Element


def marking(key: Mapping[str, Any]) -> Element:
    """Return the block for who marks a written answer."""
    block = made("rubricBlock", view="scorer")
    block.append(made("div", paragraph(key["reference"]), class_=REFERENCE))
    points = [filled(made("li", class_=POINT), inline(point)) for point in key.get("points", [])]
    block.extend([made("ul", *points)] if points else [])
    return block


def explaining(explanation: str) -> list[Element]:
    """Return the block with the explanation, none where nothing is explained."""
    if not explanation:
        return []
    return [made("rubricBlock", paragraph(explanation), class_=EXPLANATION, view="author scorer tutor")]

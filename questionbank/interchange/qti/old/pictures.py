"""Marking places in a picture: areas are labels of a render_hotspot."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from questionbank.interchange.qti.declarations import number
from questionbank.interchange.qti.old.source import Label, OldSource, Response
from questionbank.interchange.qti.pictures import size_of
from questionbank.interchange.qti.source import NotModelled, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType


def read_hotspot(response: Response, stem: str, source: OldSource) -> Question:
    """Return the question of a response with a render_hotspot. Raises NotModelled, BadNumber."""
    right = {test.value for condition in source.of(response) for test in condition.wanted}
    labels = [label for label in response.labels if label.ident in right]
    if not labels:
        raise NotModelled("no_key", f"no area of {response.ident} earns points")
    rendered = next(response.element.iter("render_hotspot"))
    picture = _picture(rendered, source)
    source.gathering.warn("outlines_dropped", "candidates mark a point; the areas to choose from are not outlined")
    content = source.gathering.content(stem, picture=picture, points=len(labels))
    return Question(ItemType.HOTSPOT, content, {"areas": [_area(label) for label in labels]}, Fraction(len(labels)))


def _picture(rendered: Element, source: OldSource) -> dict[str, Any]:
    image = next(rendered.iter("matimage"), None)
    found = None if image is None else source.find(image.get("uri", ""))
    if image is None or found is None:
        raise NotModelled("picture_missing", "the areas lie in no picture")
    source.pictures.append(found)
    width, height = size_of(found)
    alt = image.get("label", "").strip()
    if not alt:
        source.gathering.undescribed(found)
    return {"digest": found.digest, "media_type": found.media_type, "width": width, "height": height, "alt": alt}


def _area(label: Label) -> dict[str, Any]:
    shape = label.element.get("rarea", "Ellipse").lower()
    coords = [number(one) for one in re.split(r"[\s,]+", (label.element.text or "").strip())]
    area = _SHAPES[shape](coords) if shape in _SHAPES else None
    if area is None:
        raise NotModelled("shape", shape)
    return area


def _rectangle(coords: Sequence[Fraction]) -> dict[str, Any] | None:
    """Return the rectangle of a corner, a width and a height."""
    if len(coords) != 4:  # noqa: PLR2004 - as above
        return None
    left, top, width, height = coords
    return {"shape": "RECT", "coords": [round(one) for one in (left, top, left + width, top + height)]}


def _ellipse(coords: Sequence[Fraction]) -> dict[str, Any] | None:
    """Return the circle of a centre, a width and the same height."""
    if len(coords) != 4 or coords[2] != coords[3]:  # noqa: PLR2004 - as above
        return None
    return {"shape": "CIRCLE", "coords": [round(coords[0]), round(coords[1]), round(coords[2] / 2)]}


def _bounded(coords: Sequence[Fraction]) -> dict[str, Any] | None:
    return {"shape": "POLYGON", "coords": [round(one) for one in coords]}


_SHAPES = {"rectangle": _rectangle, "ellipse": _ellipse, "bounded": _bounded}

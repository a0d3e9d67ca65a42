"""Marking places in a picture."""

import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from PIL import Image, UnidentifiedImageError

from questionbank.interchange import xml
from questionbank.interchange.model import Medium
from questionbank.interchange.qti.declarations import Area, Declaration, number
from questionbank.interchange.qti.numbers import whole
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question, right_of
from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

SHAPES = {"rect": "RECT", "circle": "CIRCLE", "poly": "POLYGON"}
_PICTURES = ("object", "img", "picture")


def read_points(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of a selectPointInteraction. Raises NotModelled."""
    declaration = source.declaration(interaction)
    _, factor = source.rule(declaration, Rule.POINT)
    earning = [area for area in declaration.areas if area.value > 0]
    if len(earning) < len(declaration.areas) or declaration.default:
        source.gathering.warn("negative_score_dropped", "only areas that earn points are kept")
    if len({area.value for area in earning}) > 1:
        source.gathering.warn("shares_evened", "its areas were worth differently much; each is now worth the same")
    return _hotspot(interaction, texts, source, earning, factor * declaration.attainable)


def read_hotspots(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of a hotspotInteraction, whose outlines are shown no longer. Raises NotModelled."""
    declaration = source.declaration(interaction)
    term, factor = source.rule(declaration, Rule.CORRECT, Rule.MAP)
    drawn = {spot.get("identifier", ""): _drawn(spot) for spot in interaction.iterfind("hotspotChoice")}
    right = _right(declaration, term.rule)
    if not set(right) <= set(drawn):
        raise NotModelled("key", "the correct response names what cannot be marked")
    source.gathering.warn("outlines_dropped", "candidates mark a point; the areas to choose from are not outlined")
    worth = factor * (declaration.attainable if term.rule is Rule.MAP else 1)
    return _hotspot(interaction, texts, source, [drawn[spot] for spot in right], worth)


def _right(declaration: Declaration, rule: Rule) -> Sequence[str]:
    if rule is Rule.CORRECT:
        return right_of(declaration)
    return [entry.key for entry in declaration.mapped if entry.value > 0]


def _drawn(spot: Element) -> Area:
    coords = tuple(number(text) for text in spot.get("coords", "").replace(",", " ").split())
    return Area(spot.get("shape", ""), coords, Fraction(1))


def _hotspot(
    interaction: Element, texts: Sequence[Element], source: ItemSource, areas: Sequence[Area], worth: Fraction
) -> Question:
    if not areas or not all(area.shape in SHAPES for area in areas):
        raise NotModelled("shape", ", ".join(sorted({area.shape for area in areas})) or "no area")
    picture, scale = _picture(interaction, source)
    points = whole(interaction.get("maxChoices"), 1) or len(areas)
    content = source.gathering.content(source.stem_of(texts, interaction), picture=picture, points=points)
    key = {"areas": [{"shape": SHAPES[area.shape], "coords": _scaled(area, scale)} for area in areas]}
    return Question(ItemType.HOTSPOT, content, key, worth)


_Scale = tuple[Fraction, Fraction]


def _picture(interaction: Element, source: ItemSource) -> tuple[dict[str, Any], _Scale]:
    shown = next(xml.children(interaction, *_PICTURES), None)
    address = "" if shown is None else shown.get("data", "") or shown.get("src", "")
    found = source.find(address)
    if shown is None or found is None:
        raise NotModelled("picture_missing", address or "no picture")
    width, height = size_of(found)
    alt = (shown.get("alt") or xml.text(shown)).strip()
    if not alt:
        source.gathering.undescribed(found)
    picture = {"digest": found.digest, "media_type": found.media_type, "width": width, "height": height, "alt": alt}
    source.pictures.append(found)
    return picture, (_ratio(width, shown.get("width")), _ratio(height, shown.get("height")))


def size_of(found: Medium) -> tuple[int, int]:
    """Return width and height of the picture in pixels. Raises NotModelled if it is none."""
    try:
        with Image.open(io.BytesIO(found.data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise NotModelled("picture_unreadable", found.name) from error


def _ratio(pixels: int, shown: str | None) -> Fraction:
    """Return how many pixels of the picture one unit of the coordinates is."""
    return Fraction(pixels, whole(shown) or pixels)


def _scaled(area: Area, scale: _Scale) -> list[int]:
    factors: Iterable[Fraction] = (scale[place % 2] for place in range(len(area.coords)))
    if area.shape == "circle":
        factors = (scale[0], scale[1], scale[0])
    return [round(coord * factor) for coord, factor in zip(area.coords, factors, strict=False)]

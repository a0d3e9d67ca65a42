"""Declarations of responses: what is correct, what single values and areas earn."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from questionbank.interchange.qti.numbers import decimal_text
from questionbank.interchange.qti.writing.markup import permitted
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.xml import Element

_IDENTIFIER = re.compile(r"[A-Za-z_]")
_NAME = re.compile("[A-Za-z_\u4e00-\u9fa5][A-Za-z0-9_.\u4e00-\u9fa5-]*")
_SHAPES = {"RECT": "rect", "CIRCLE": "circle", "POLYGON": "poly"}


def is_name(text: str) -> bool:
    """Whether XML may name something so: no spaces or slashes, no digit at the beginning."""
    return bool(_NAME.fullmatch(text))


def identifier(given: str) -> str:
    """Return an option's id as an identifier, which begins with a letter."""
    return given if _IDENTIFIER.match(given) else f"o-{given}"


def declared(response: str, cardinality: str, base_type: str, correct: Iterable[str], *more: Element) -> Element:
    """Return the declaration of a response with its correct values and what else is told of it."""
    element = made("responseDeclaration", identifier=response, cardinality=cardinality, baseType=base_type)
    values = [made("value", permitted(value)) for value in correct]
    element.extend([*([made("correctResponse", *values)] if values else []), *more])
    return element


def mapping(worths: Mapping[str, str], least: str | None = None, *, sensitive: bool | None = None) -> Element:
    """Return what each value earns; `sensitive` tells of texts whether case matters."""
    case = {} if sensitive is None else {"caseSensitive": str(sensitive).lower()}
    bound = {} if least is None else {"lowerBound": decimal_text(Fraction(least))}
    entries = [
        made("mapEntry", mapKey=permitted(key), mappedValue=decimal_text(Fraction(worth)), **case)
        for key, worth in worths.items()
    ]
    return made("mapping", *entries, **bound, defaultValue="0")


def area_mapping(areas: Iterable[Mapping[str, Any]]) -> Element:
    """Return what each area earns: 1."""
    return made("areaMapping", *(_area(area) for area in areas), defaultValue="0")


def _area(area: Mapping[str, Any]) -> Element:
    coords = ",".join(map(str, area["coords"]))
    return made("areaMapEntry", shape=_SHAPES[area["shape"]], coords=coords, mappedValue="1")

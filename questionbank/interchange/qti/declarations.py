"""What an item declares about a response: its correct value, what its values and areas are worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from questionbank.content.shapes import decimal_of, is_reckonable
from questionbank.interchange import xml
from questionbank.interchange.xml import Element


class BadNumber(ValueError):
    """A text stands where a number must."""


@dataclass(frozen=True)
class Worth:
    """What one value of a response earns, before the item's points."""

    key: str
    value: Fraction
    case_sensitive: bool


@dataclass(frozen=True)
class Area:
    shape: str
    coords: tuple[Fraction, ...]
    value: Fraction


@dataclass(frozen=True)
class Declaration:
    """A response as declared; `least` and `most` bound what mapping earns, None is without a bound."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...] = ()
    mapped: tuple[Worth, ...] = ()
    areas: tuple[Area, ...] = ()
    default: Fraction = Fraction(0)
    least: Fraction | None = None
    most: Fraction | None = None

    @property
    def attainable(self) -> Fraction:
        """The most that mapping can earn: all that is worth something, or the best of a single value."""
        values = [entry.value for entry in (self.areas or self.mapped) if entry.value > 0]
        total = max(values, default=Fraction(0)) if self.cardinality == "single" else sum(values, Fraction(0))
        return total if self.most is None else min(total, self.most)


def declarations(item: Element) -> Mapping[str, Declaration]:
    """Return the responses that an item declares, by identifier. Raises BadNumber."""
    found = [_declaration(element) for element in item.iterfind("responseDeclaration")]
    return {declaration.identifier: declaration for declaration in found}


def number(text: str | None) -> Fraction:
    """Return a decimal number as exactly as it is written. Raises BadNumber, also for one too long to reckon with."""
    found = decimal_of((text or "").strip())
    if found is None or not is_reckonable(found):
        raise BadNumber(text)
    return Fraction(found)


def words(element: Element) -> str:
    """Return an element's text on one line."""
    return " ".join(xml.text(element).split())


def _declaration(element: Element) -> Declaration:
    correct = tuple(words(value) for value in element.iterfind("correctResponse/value"))
    mapping, areas = element.find("mapping"), element.find("areaMapping")
    bounds = mapping if mapping is not None else areas
    return Declaration(
        identifier=element.get("identifier", ""),
        cardinality=element.get("cardinality", "single"),
        base_type=element.get("baseType", ""),
        correct=correct,
        mapped=tuple(_worth(entry) for entry in element.iterfind("mapping/mapEntry")),
        areas=tuple(_area(entry) for entry in element.iterfind("areaMapping/areaMapEntry")),
        default=Fraction(0) if bounds is None else number(bounds.get("defaultValue", "0")),
        least=_bound(bounds, "lowerBound"),
        most=_bound(bounds, "upperBound"),
    )


def _worth(entry: Element) -> Worth:
    sensitive = entry.get("caseSensitive", "true").strip() in {"true", "1"}
    return Worth(entry.get("mapKey", "").strip(), number(entry.get("mappedValue")), sensitive)


def _area(entry: Element) -> Area:
    coords = tuple(number(text) for text in entry.get("coords", "").replace(",", " ").split())
    return Area(entry.get("shape", ""), coords, number(entry.get("mappedValue")))


def _bound(bounds: Element | None, name: str) -> Fraction | None:
    given = None if bounds is None else bounds.get(name)
    return None if given is None else number(given)

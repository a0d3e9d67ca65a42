"""Response conditions of QTI 1.2: what must be answered for which score."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from questionbank.interchange import xml
from questionbank.interchange.qti.declarations import BadNumber, number
from questionbank.interchange.xml import Element

_FULL = "SCORE.max"


@dataclass(frozen=True)
class Test:
    """One comparison of a response, such as varequal; `wanted` is false within a not."""

    kind: str
    response: str
    value: str
    wanted: bool
    case_sensitive: bool
    within: tuple[str, ...]
    index: str = ""


@dataclass(frozen=True)
class Condition:
    """Comparisons, and what they earn together; `adds` tells adding from setting."""

    tests: tuple[Test, ...]
    value: Fraction
    adds: bool

    @property
    def wanted(self) -> list[Test]:
        return [test for test in self.tests if test.wanted]

    @property
    def has_alternatives(self) -> bool:
        """Whether one of several comparisons is enough."""
        return any("or" in test.within for test in self.wanted)


def conditions(item: Element) -> list[Condition]:
    """Return the conditions that change the score, in order; raises BadNumber."""
    processing = xml.child(item, "resprocessing")
    if processing is None:
        return []
    found = [_condition(one, processing) for one in processing.iter("respcondition")]
    return [condition for condition in found if condition is not None]


def _condition(element: Element, processing: Element) -> Condition | None:
    variables = xml.child(element, "conditionvar")
    scores = [one for one in xml.children(element, "setvar") if one.get("varname", "SCORE").upper().startswith("SCORE")]
    if variables is None or not scores:
        return None
    value = sum((_value(score, processing) for score in scores), Fraction(0))
    adds = any(score.get("action", "Set").lower() in {"add", "subtract"} for score in scores)
    return Condition(tuple(_tests(variables, wanted=True, within=())), value, adds) if value else None


def _value(score: Element, processing: Element) -> Fraction:
    text = xml.text(score)
    if text == _FULL:
        return _most(processing)
    return -number(text) if score.get("action", "").lower() == "subtract" else number(text)


def _most(processing: Element) -> Fraction:
    for declared in processing.iter("decvar"):
        try:
            return number(declared.get("maxvalue"))
        except BadNumber:
            continue
    return Fraction(1)


def _tests(element: Element, *, wanted: bool, within: tuple[str, ...]) -> Iterator[Test]:
    for child in xml.children(element):
        name = xml.name(child)
        if name in {"and", "or", "not"}:
            yield from _tests(child, wanted=wanted != (name == "not"), within=(*within, name))
        else:
            sensitive = child.get("case", "No").lower() == "yes"
            yield Test(
                name, child.get("respident", ""), xml.text(child), wanted, sensitive, within, child.get("index", "")
            )

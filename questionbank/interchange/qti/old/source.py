"""One item of QTI 1.2 as it is being read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from questionbank.interchange import xml
from questionbank.interchange.gathering import Find, Gathering
from questionbank.interchange.model import Medium
from questionbank.interchange.qti.old.conditions import Condition
from questionbank.interchange.qti.old.materials import fragment
from questionbank.interchange.xml import Element


@dataclass(frozen=True)
class Label:
    """Something that can be chosen."""

    ident: str
    shown: str
    element: Element


@dataclass(frozen=True)
class Response:
    """What a candidate gives; `shown` are the words of its own, apart from the item's."""

    kind: str
    ident: str
    cardinality: str
    shown: str
    labels: Sequence[Label]
    element: Element


@dataclass(frozen=True)
class OldSource:
    """What the readers of questions look at."""

    gathering: Gathering
    find: Find
    presentation: Element
    responses: Sequence[Response]
    conditions: Sequence[Condition]
    fields: Mapping[str, str]
    pictures: list[Medium]
    parts: list[Gathering] = field(default_factory=list)

    def part(self) -> "OldSource":
        """Return the same item with a gathering of its own, for a part that shows its own media."""
        self.parts.append(Gathering(self.gathering.where, self.find))
        return replace(self, gathering=self.parts[-1])

    @property
    def gatherings(self) -> list[Gathering]:
        return [self.gathering, *self.parts]

    def of(self, response: Response) -> list[Condition]:
        """Return the conditions that earn something for the response."""
        return [
            condition
            for condition in self.conditions
            if condition.value > 0 and any(test.response == response.ident for test in condition.wanted)
        ]

    def stem(self) -> str:
        """Return the words that stand before and between the responses."""
        return self.gathering.text(fragment(self.presentation))


def response_of(element: Element) -> Response:
    """Return the response with its labels in order."""
    labels = [Label(one.get("ident", ""), fragment(one), one) for one in element.iter("response_label")]
    return Response(
        xml.name(element),
        element.get("ident", ""),
        element.get("rcardinality", "Single").lower(),
        fragment(element),
        labels,
        element,
    )


def best(conditions: Sequence[Condition]) -> Fraction:
    """Return the most that one of the conditions earns."""
    return max((condition.value for condition in conditions), default=Fraction(0))

"""案例题: how the points of a question are split among its parts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from questionbank.kinds import ItemType
from scoring.theory.shares import Json


@dataclass(frozen=True)
class Part:
    """A part, worth `points` hundredths of the whole question, exactly."""

    id: str
    type: ItemType
    content: Json
    key: Json = field(repr=False)
    points: Fraction


def parts_of(content: Json, key: Json, points: int | Fraction) -> Iterator[Part]:
    """Yield the parts in order; their points make exactly those of the question."""
    shares = sum(part["share"] for part in content["parts"])
    for part in content["parts"]:
        worth = Fraction(points) * part["share"] / shares
        yield Part(part["id"], ItemType(part["type"]), part["content"], key["parts"][part["id"]], worth)

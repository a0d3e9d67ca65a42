"""How many papers a bank yields that share no question. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

Stratum = tuple[int, str]
"""A work task's number and an item type."""
Families = Mapping[Hashable, int]
"""How many items each family has; an item without one is a family of its own."""


def demand(rows: Iterable[Mapping[str, Any]]) -> Counter[Stratum]:
    """Return how many questions a blueprint's rows ask of each stratum."""
    asked: Counter[Stratum] = Counter()
    for row in rows:
        asked[row["work_task"], str(row["type"])] += row["count"]
    return asked


def disjoint_papers(asked: Mapping[Stratum, int], supply: Mapping[Stratum, Families]) -> int:
    """Return how many papers can be drawn at once that share no question and hold one item of a family at most.

    Strata do not overlap, so the scarcest one decides. The number is exact while no family spans two of them; pairs
    of enemies and further rules may allow fewer.
    """
    return min((_papers(count, supply.get(stratum, {})) for stratum, count in asked.items()), default=0)


def scarcest(asked: Mapping[Stratum, int], supply: Mapping[Stratum, Families]) -> Stratum | None:
    """Return the stratum that decides, the first of several."""
    return min(asked, key=lambda stratum: (_papers(asked[stratum], supply.get(stratum, {})), stratum), default=None)


def is_parted(asked: Mapping[Stratum, int], supply: Mapping[Stratum, Families]) -> bool:
    """Return whether every family keeps to one of the strata that are asked."""
    seen = [family for stratum in asked for family in supply.get(stratum, {})]
    return len(seen) == len(set(seen))


def _papers(count: int, families: Families) -> int:
    """Return how many papers get `count` items each when no paper gets two of one family.

    Of a family, as many papers as have an item of it are served at most; dealt out family by family, the items then
    come out even, so that what suffices in sum suffices.
    """
    papers = sum(families.values()) // count
    while papers and sum(min(size, papers) for size in families.values()) < papers * count:
        papers -= 1
    return papers

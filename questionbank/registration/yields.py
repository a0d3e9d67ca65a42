"""How many papers a bank yields that share no question. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Stratum = tuple[int, str]
"""A work task's number and an item type."""


def demand(rows: Iterable[Mapping[str, Any]]) -> Counter[Stratum]:
    """Return how many questions a blueprint's rows ask of each stratum."""
    asked: Counter[Stratum] = Counter()
    for row in rows:
        asked[row["work_task"], str(row["type"])] += row["count"]
    return asked


def disjoint_papers(asked: Mapping[Stratum, int], supply: Mapping[Stratum, int]) -> int:
    """Return how many papers can be drawn at once that share no question.

    Strata do not overlap, so the scarcest one decides, and the number is exact; enemies may allow fewer.
    """
    return min((supply.get(stratum, 0) // count for stratum, count in asked.items()), default=0)


def scarcest(asked: Mapping[Stratum, int], supply: Mapping[Stratum, int]) -> Stratum | None:
    """Return the stratum that decides, the first of several."""
    return min(asked, key=lambda stratum: (supply.get(stratum, 0) // asked[stratum], stratum), default=None)

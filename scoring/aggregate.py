"""From marks to the total, exactly: a sheet, the examiners together, the weighted total, one rounding. Pure.

All scores are hundredths of a point; whatever need not be whole is a fraction until it is published.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from questionbank.kinds import CriterionKind
from scoring.errors import SheetIncomplete

HUNDREDTHS = 100
FULL_MARKS = 100 * HUNDREDTHS
PASS_MARK = 60 * HUNDREDTHS
VETO_VALUES = (0, 1)


class ExaminersPolicy(StrEnum):
    """How independent totals of several examiners become one. MEAN: the arithmetic mean, unrounded (domain 2.6)."""

    MEAN = "MEAN"


@dataclass(frozen=True)
class Criterion:
    """A criterion as the sum sees it; `permitted` are the marks an examiner may give."""

    number: int
    kind: CriterionKind
    permitted: Collection[int]


@dataclass(frozen=True)
class SheetTotal:
    total: int
    vetoed: bool


@dataclass(frozen=True)
class Component:
    """`points` of `most` in one component, which makes `share` percent of the whole."""

    share: int
    points: Fraction
    most: int

    @property
    def weighted(self) -> Fraction:
        """Return what the component adds to the total, in hundredths."""
        return self.share * HUNDREDTHS * self.points / self.most


def permitted(kind: CriterionKind, values: Iterable[int]) -> Collection[int]:
    """Return the marks a criterion permits: its values; for a veto 1 (it applies) and 0 (it does not)."""
    return frozenset(VETO_VALUES if kind == CriterionKind.VETO else values)


def unmarked(criteria: Iterable[Criterion], marks: Mapping[int, int]) -> list[int]:
    """Return the numbers of the criteria that have no mark."""
    return [criterion.number for criterion in criteria if criterion.number not in marks]


def sheet_total(criteria: Sequence[Criterion], marks: Mapping[int, int]) -> SheetTotal:
    """Return the awarded points less the deductions, never below 0, and 0 when a veto applies.

    Raises SheetIncomplete while a criterion has no mark.
    """
    missing = unmarked(criteria, marks)
    if missing:
        raise SheetIncomplete(missing=missing)
    vetoed = any(marks[criterion.number] for criterion in criteria if criterion.kind == CriterionKind.VETO)
    total = sum(_sign(criterion.kind) * marks[criterion.number] for criterion in criteria)
    return SheetTotal(0 if vetoed else max(0, total), vetoed)


def _sign(kind: CriterionKind) -> int:
    return {CriterionKind.VETO: 0, CriterionKind.DEDUCTION: -1}.get(kind, 1)


def combine(totals: Sequence[int], policy: ExaminersPolicy = ExaminersPolicy.MEAN) -> Fraction:
    """Return what several examiners' totals of one practical task make together; there is at least one."""
    match policy:
        case ExaminersPolicy.MEAN:
            return Fraction(sum(totals), len(totals))


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the mean of a work task's practical tasks, which count the same."""
    return sum(values, Fraction(0)) / len(values)


def weighted_total(components: Iterable[Component]) -> Fraction:
    """Return the total out of 100 points, unrounded. Weights apply to the whole (domain 1.11 #12)."""
    return sum((component.weighted for component in components), Fraction(0))


def published(total: Fraction, decimals: int) -> int:
    """Return the total rounded once, half up, to so many decimals of a point (domain 2.6)."""
    return rounded(total, 10 ** (2 - decimals))


def rounded(value: Fraction, step: int = 1) -> int:
    """Return the multiple of `step` nearest to the value, the upper one when it lies between two."""
    return math.floor(value / step + Fraction(1, 2)) * step


def is_pass(published_total: int) -> bool:
    """Return whether the published total passes: 总分 60 分及以上为合格. 沪人社职〔2025〕140号 四."""
    return published_total >= PASS_MARK

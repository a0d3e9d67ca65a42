"""What a criterion 评分点 may look like, and what a task's criteria make together. Pure."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from questionbank.errors import BadPracticalTask
from questionbank.kinds import CriterionKind

FULL_MARKS = 100_00
AWARDING = (CriterionKind.MEASUREMENT, CriterionKind.JUDGEMENT)


@dataclass(frozen=True)
class CriterionPlan:
    """A criterion as it is written: `values` are [{"value": hundredths, "text"}], ascending."""

    kind: CriterionKind
    text: str
    guidance: str
    values: Sequence[dict[str, Any]]

    @property
    def most(self) -> int:
        return max(int(step["value"]) for step in self.values)


def check(criteria: Sequence[CriterionPlan]) -> None:
    """Raise BadPracticalTask unless each criterion has its marks and the awarded points make exactly 100."""
    for number, plan in enumerate(criteria, start=1):
        _check_values(number, plan)
    total = sum(plan.most for plan in criteria if plan.kind in AWARDING)
    if total != FULL_MARKS:
        reason = f"its criteria award {total / 100:g} points, not 100"
        raise BadPracticalTask(field="criteria", fault="not_hundred", reason=reason)


def _check_values(number: int, plan: CriterionPlan) -> None:
    values = [int(step["value"]) for step in plan.values]
    if not _FITS[plan.kind](values):
        reason = f"criterion {number} has not the marks that its kind asks for"
        raise BadPracticalTask(field=f"criteria.{number - 1}.values", fault="values_unfit", reason=reason)


def _climbs_from_nothing(values: Sequence[int]) -> bool:
    """0 is always among the marks: who did nothing gets nothing, and a deduction need not be made."""
    return len(values) > 1 and values[0] == 0 and all(low < high for low, high in itertools.pairwise(values))


def _is_nothing(values: Sequence[int]) -> bool:
    return list(values) == [0]


_FITS = {
    CriterionKind.MEASUREMENT: _climbs_from_nothing,
    CriterionKind.JUDGEMENT: _climbs_from_nothing,
    CriterionKind.DEDUCTION: _climbs_from_nothing,
    CriterionKind.VETO: _is_nothing,
}

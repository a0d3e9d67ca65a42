"""What is wrong with a row or a form, as data. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """`code` is stable and translated on screen; `detail` says it in Chinese, for workbooks that go back."""

    code: str
    field: str
    detail: str
    severity: Severity = Severity.ERROR


def worst(problems: Iterable[Problem]) -> str:
    """Return "error", "warning" or "ok"."""
    found = {problem.severity for problem in problems}
    return next((str(severity) for severity in Severity if severity in found), "ok")

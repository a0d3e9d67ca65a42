"""What is said about a row: a stable code, how bad it is, and where it stands. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Small letters, as the pages read them."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """`field` names what it is about: a field of the row, `proposal.…` or `main_content.…` with places from 0."""

    code: str
    severity: Severity
    field: str
    detail: str

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def error(code: str, field: str, detail: str) -> Problem:
    """Return a problem that keeps the batch from being submitted."""
    return Problem(code, Severity.ERROR, field, detail)


def warning(code: str, field: str, detail: str) -> Problem:
    """Return a problem that does not."""
    return Problem(code, Severity.WARNING, field, detail)

"""What a decided ruling makes void, as it goes from who decides to who scores. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Subject(StrEnum):
    """科目: one part of an assessment, that a ruling can make void alone."""

    THEORY = "THEORY"
    PRACTICAL = "PRACTICAL"


@dataclass(frozen=True)
class VoidOrder:
    """`subject` no longer counts, or nothing of the exam session when it is None; `reason` is a stable code.

    The ruling is named by its id and by the `number` that people know it by.
    """

    ruling_id: UUID
    number: str
    subject: Subject | None
    reason: str

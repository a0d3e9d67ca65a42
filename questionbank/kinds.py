"""The kinds of items and criteria, and their order in a paper."""

from enum import StrEnum


class ItemType(StrEnum):
    """Order of definition is the order of the sections in a paper."""

    SINGLE_CHOICE = "SINGLE_CHOICE"
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE"
    TRUE_FALSE = "TRUE_FALSE"
    FILL_IN = "FILL_IN"
    NUMERIC = "NUMERIC"
    SHORT_ANSWER = "SHORT_ANSWER"

    @property
    def is_machine_scored(self) -> bool:
        """Whether a key decides; the others are marked by people."""
        return self is not ItemType.SHORT_ANSWER


class Difficulty(StrEnum):
    EASY = "EASY"
    MEDIUM = "MEDIUM"
    HARD = "HARD"


class CriterionKind(StrEnum):
    """How a criterion is marked; VETO is 一票否决: when it applies, the task is worth nothing."""

    MEASUREMENT = "MEASUREMENT"
    JUDGEMENT = "JUDGEMENT"
    DEDUCTION = "DEDUCTION"
    VETO = "VETO"

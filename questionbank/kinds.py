"""The kinds of items and criteria, and their order in a paper."""

from enum import StrEnum


class ItemType(StrEnum):
    """Order of definition is the order of the sections in a paper."""

    SINGLE_CHOICE = "SINGLE_CHOICE"
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE"
    TRUE_FALSE = "TRUE_FALSE"
    FILL_IN = "FILL_IN"
    NUMERIC = "NUMERIC"
    INLINE_CHOICE = "INLINE_CHOICE"
    ORDERING = "ORDERING"
    MATCHING = "MATCHING"
    HOTSPOT = "HOTSPOT"
    SHORT_ANSWER = "SHORT_ANSWER"
    EXTENDED_ANSWER = "EXTENDED_ANSWER"
    COMPOSITE = "COMPOSITE"

    @property
    def is_written(self) -> bool:
        """Whether the answer is a text that people mark; of a composite its parts tell (`content.needs_marking`)."""
        return self in (ItemType.SHORT_ANSWER, ItemType.EXTENDED_ANSWER)


class Difficulty(StrEnum):
    EASY = "EASY"
    MEDIUM = "MEDIUM"
    HARD = "HARD"


class Importance(StrEnum):
    """The importance of a knowledge point 鉴定点: X core, Y general, Z supplementary."""

    X = "X"
    Y = "Y"
    Z = "Z"


class CriterionKind(StrEnum):
    """How a criterion is marked; VETO is 一票否决: when it applies, the task is worth nothing."""

    MEASUREMENT = "MEASUREMENT"
    JUDGEMENT = "JUDGEMENT"
    DEDUCTION = "DEDUCTION"
    VETO = "VETO"

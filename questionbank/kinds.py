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
    """How much a knowledge point 鉴定点 counts: core 核心, general 一般, supplementary 辅助."""

    CORE = "X"
    GENERAL = "Y"
    SUPPLEMENTARY = "Z"


class Bloom(StrEnum):
    """What an item asks of the mind, by Bloom's revised taxonomy."""

    REMEMBER = "REMEMBER"
    UNDERSTAND = "UNDERSTAND"
    APPLY = "APPLY"
    ANALYSE = "ANALYSE"
    EVALUATE = "EVALUATE"
    CREATE = "CREATE"


class CriterionKind(StrEnum):
    """How a criterion is marked; VETO is 一票否决: when it applies, the task is worth nothing."""

    MEASUREMENT = "MEASUREMENT"
    JUDGEMENT = "JUDGEMENT"
    DEDUCTION = "DEDUCTION"
    VETO = "VETO"


class DrawKind(StrEnum):
    """What a draw makes: one paper, parallel forms A, B, C…, or a form for each candidate."""

    SINGLE = "SINGLE"
    PARALLEL = "PARALLEL"
    INDIVIDUAL = "INDIVIDUAL"

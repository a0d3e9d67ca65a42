"""What a rule of an exam session is made of. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Founded(StrEnum):
    """How well a rule is founded: in the notice 沪人社职〔2025〕140号 itself, in another official document, in what
    other bodies do, or by this system's choice.
    """

    SEED = "SEED"
    OFFICIAL = "OFFICIAL"
    PRACTICE = "PRACTICE"
    OWN = "OWN"


class Unit(StrEnum):
    MINUTES = "MINUTES"
    SECONDS = "SECONDS"
    FLAG = "FLAG"
    CHOICE = "CHOICE"
    LINES = "LINES"


@dataclass(frozen=True, kw_only=True)
class SessionRule:
    """A setting: `key` is the session's field; `practical` is the default of practical tasks where it is another.

    Without `has_default` the office decides on it for each exam session anew. What is `common_clock_only` does not hold
    where everybody has a clock of their own: they may come in the whole window.
    """

    key: str
    name_zh: str
    name_en: str
    unit: Unit
    founded: Founded
    source_zh: str
    source_en: str
    default: int | bool | str | None = None
    has_default: bool = True
    practical: int | bool | str | None = None
    has_practical: bool = False
    common_clock_only: bool = False


@dataclass(frozen=True, kw_only=True)
class FixedRule:
    """A rule that no setting changes; its value is told in words."""

    key: str
    name_zh: str
    name_en: str
    value_zh: str
    value_en: str
    founded: Founded
    source_zh: str
    source_en: str

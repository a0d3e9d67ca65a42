"""The duties in an exam session, and what a member of staff may be to a candidate."""

from enum import StrEnum


class Duty(StrEnum):
    """监考员, 内部督导员, 考评员."""

    PROCTOR = "PROCTOR"
    INNER_SUPERVISOR = "INNER_SUPERVISOR"
    EXAMINER = "EXAMINER"


class Relationship(StrEnum):
    """SELF 本人报考, RELATIVE 近亲属, TRAINER 参与培训, COLLEAGUE 同事."""

    SELF = "SELF"
    RELATIVE = "RELATIVE"
    TRAINER = "TRAINER"
    COLLEAGUE = "COLLEAGUE"

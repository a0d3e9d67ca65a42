"""Whence late answers come, and how they are weighed."""

from enum import StrEnum


class Source(StrEnum):
    """SENT_LATE: by the candidate's page, after the end. RESCUE_FILE: in a file that the office took in."""

    SENT_LATE = "SENT_LATE"
    RESCUE_FILE = "RESCUE_FILE"


class Place(StrEnum):
    """Beside what is stored: NEW; STORED already says the same; SUPERSEDED by what was written later.

    OTHER_CONTENT: another response is stored under the number. REFUSED: no answer to a question of the paper.
    """

    NEW = "NEW"
    STORED = "STORED"
    SUPERSEDED = "SUPERSEDED"
    OTHER_CONTENT = "OTHER_CONTENT"
    REFUSED = "REFUSED"


class Moment(StrEnum):
    """When a line was made: ARRIVED before the end; BY_CLOCK the candidate's page says so and the policy believes it.

    UNPROVEN: only the candidate's page says so, and the policy does not believe it or its times contradict one
    another. LATE: also by the candidate's page it was made after the end.
    """

    ARRIVED = "ARRIVED"
    BY_CLOCK = "BY_CLOCK"
    UNPROVEN = "UNPROVEN"
    LATE = "LATE"

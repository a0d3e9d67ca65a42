"""The lives of an exam session and of a sitting."""

from enum import StrEnum
from typing import Final

from examsvc.core.states import Lifecycle


class ExamSessionState(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


EXAM_SESSION_LIFECYCLE = Lifecycle(
    "exam_session",
    {
        ExamSessionState.DRAFT: {ExamSessionState.PUBLISHED, ExamSessionState.CANCELLED},
        ExamSessionState.PUBLISHED: {ExamSessionState.CLOSED, ExamSessionState.CANCELLED},
        ExamSessionState.CLOSED: set(),
        ExamSessionState.CANCELLED: set(),
    },
)


class SittingState(StrEnum):
    """EXPECTED until the paper is first opened; one of the last three once it is over."""

    EXPECTED = "EXPECTED"
    IN_PROGRESS = "IN_PROGRESS"
    PAUSED = "PAUSED"
    HANDED_IN = "HANDED_IN"
    TERMINATED = "TERMINATED"
    ABSENT = "ABSENT"

    @property
    def is_over(self) -> bool:
        return self in (SittingState.HANDED_IN, SittingState.TERMINATED, SittingState.ABSENT)


UNFINISHED: Final = tuple(state for state in SittingState if not state.is_over)
"""The states of a sitting that still is to be sat, or is."""

# EXPECTED → TERMINATED: a proctor turns somebody away before the paper is opened (papers and face do not match).
# EXPECTED → HANDED_IN: who confirmed on the machine and never opened the paper came, and answered nothing.
# HANDED_IN → IN_PROGRESS (EXPECTED where the paper was never opened): only when time ended it, not the candidate
# (invigilating.extend); a candidate who handed in does not come back (domain.md 2.4).
# ABSENT → EXPECTED: only by people, who take the absence back (attendance.taking_back) or move the start.
# IN_PROGRESS, PAUSED → EXPECTED: the start was moved to another day, and everybody comes again (beginning_anew).
SITTING_LIFECYCLE = Lifecycle(
    "sitting",
    {
        SittingState.EXPECTED: {
            SittingState.IN_PROGRESS,
            SittingState.HANDED_IN,
            SittingState.ABSENT,
            SittingState.TERMINATED,
        },
        SittingState.IN_PROGRESS: {
            SittingState.PAUSED,
            SittingState.HANDED_IN,
            SittingState.TERMINATED,
            SittingState.EXPECTED,
        },
        SittingState.PAUSED: {SittingState.IN_PROGRESS, SittingState.TERMINATED, SittingState.EXPECTED},
        SittingState.HANDED_IN: {SittingState.IN_PROGRESS, SittingState.EXPECTED},
        SittingState.TERMINATED: set(),
        SittingState.ABSENT: {SittingState.EXPECTED},
    },
)


class ClockRule(StrEnum):
    """COMMON: all end together, who comes late has less time. PERSONAL: each has the full time within the window."""

    COMMON = "COMMON"
    PERSONAL = "PERSONAL"


class NavigationRule(StrEnum):
    """FREE: any question at any time. SEQUENTIAL: one after another, and nobody goes back.

    BY_SECTION: any question of a section, and nobody goes back to a section that was left.
    """

    FREE = "FREE"
    SEQUENTIAL = "SEQUENTIAL"
    BY_SECTION = "BY_SECTION"


class TextSize(StrEnum):
    """How large a candidate's paper is written; in this order."""

    NORMAL = "NORMAL"
    LARGE = "LARGE"
    LARGER = "LARGER"
    LARGEST = "LARGEST"


class CameraRule(StrEnum):
    REQUIRED = "REQUIRED"
    OPTIONAL = "OPTIONAL"
    OFF = "OFF"


class FinishReason(StrEnum):
    """Why a sitting ended; TURNED_AWAY: absent, for at the door the candidate was not let in."""

    BY_CANDIDATE = "BY_CANDIDATE"
    TIME_UP = "TIME_UP"
    BY_PROCTOR = "BY_PROCTOR"
    NEVER_CAME = "NEVER_CAME"
    TURNED_AWAY = "TURNED_AWAY"

"""The life of an exam session's marking, and what people do in it."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class MarkingState(StrEnum):
    """OPEN while marks are taken. CLOSED → OPEN: a sitting brought answers that nobody marked."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


MARKING_LIFECYCLE = Lifecycle(
    "written_marking", {MarkingState.OPEN: {MarkingState.CLOSED}, MarkingState.CLOSED: {MarkingState.OPEN}}
)


class Duty(StrEnum):
    """MARKER 评卷员: one of the two who mark alone. ARBITER 仲裁员: decides where the two differ too much."""

    MARKER = "MARKER"
    ARBITER = "ARBITER"

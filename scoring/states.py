"""The lives of a score sheet and of a result."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class SheetState(StrEnum):
    OPEN = "OPEN"
    SIGNED = "SIGNED"


SHEET_LIFECYCLE = Lifecycle("score_sheet", {SheetState.OPEN: {SheetState.SIGNED}, SheetState.SIGNED: set()})


class ResultState(StrEnum):
    """INCOMPLETE while a component is missing; READY for a decision; PUBLISHED once decided.

    READY → INCOMPLETE: a sitting that time had ended was opened again, or late-served answers came in.
    """

    INCOMPLETE = "INCOMPLETE"
    READY = "READY"
    PUBLISHED = "PUBLISHED"


RESULT_LIFECYCLE = Lifecycle(
    "result",
    {
        ResultState.INCOMPLETE: {ResultState.READY},
        ResultState.READY: {ResultState.PUBLISHED, ResultState.INCOMPLETE},
        ResultState.PUBLISHED: set(),
    },
)


class ComponentKind(StrEnum):
    THEORY = "THEORY"
    PRACTICAL = "PRACTICAL"

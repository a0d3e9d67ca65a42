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
    VOID 无效: a ruling says that a subject, or all, does not count, so there is no total; it can be revoked.
    """

    INCOMPLETE = "INCOMPLETE"
    READY = "READY"
    PUBLISHED = "PUBLISHED"
    VOID = "VOID"


RESULT_LIFECYCLE = Lifecycle(
    "result",
    {
        ResultState.INCOMPLETE: {ResultState.READY, ResultState.VOID},
        ResultState.READY: {ResultState.PUBLISHED, ResultState.INCOMPLETE, ResultState.VOID},
        ResultState.PUBLISHED: {ResultState.VOID},
        ResultState.VOID: {ResultState.INCOMPLETE, ResultState.PUBLISHED},
    },
)


class ComponentKind(StrEnum):
    THEORY = "THEORY"
    PRACTICAL = "PRACTICAL"

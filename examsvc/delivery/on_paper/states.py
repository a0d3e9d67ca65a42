"""The life of a sitting on paper."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class PaperState(StrEnum):
    """WRITING by hand, or waiting to be typed in; DIFFERING: the copies differ, or late answers say otherwise.

    STORED once the answers are among the responses and the sitting is handed in. WITHDRAWN: it went on at a machine.
    """

    WRITING = "WRITING"
    TYPED_ONCE = "TYPED_ONCE"
    DIFFERING = "DIFFERING"
    STORED = "STORED"
    WITHDRAWN = "WITHDRAWN"


# WITHDRAWN → WRITING: the network fails again. What somebody typed in is evidence: from then on nobody withdraws.
PAPER_LIFECYCLE = Lifecycle(
    "on_paper",
    {
        PaperState.WRITING: {PaperState.TYPED_ONCE, PaperState.WITHDRAWN},
        PaperState.TYPED_ONCE: {PaperState.DIFFERING, PaperState.STORED},
        PaperState.DIFFERING: {PaperState.STORED},
        PaperState.STORED: set(),
        PaperState.WITHDRAWN: {PaperState.WRITING},
    },
)

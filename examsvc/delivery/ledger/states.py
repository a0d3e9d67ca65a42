"""Why time was lost, and the life of a credit."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class Cause(StrEnum):
    """SERVICE: no process lived. DATABASE: one lived, but nothing could be stored. Both are proven by heartbeats.

    ROOM_NETWORK: half of a room or more went silent together, or a proctor says so. HANDOVER: a change of machines.
    PAPERS_WITHHELD: nobody could begin until a chief proctor allowed the papers.
    """

    SERVICE = "SERVICE"
    DATABASE = "DATABASE"
    ROOM_NETWORK = "ROOM_NETWORK"
    HANDOVER = "HANDOVER"
    PAPERS_WITHHELD = "PAPERS_WITHHELD"


class CreditState(StrEnum):
    """GIVEN once the sitting's clock has the seconds.

    LAPSED when the sitting was over for good before that, or when the start was moved, given or not: nothing is left
    of what was lost then.
    """

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    GIVEN = "GIVEN"
    LAPSED = "LAPSED"


CREDIT_LIFECYCLE = Lifecycle(
    "time_credit",
    {
        CreditState.PROPOSED: {CreditState.APPROVED, CreditState.REJECTED, CreditState.LAPSED},
        CreditState.APPROVED: {CreditState.GIVEN, CreditState.LAPSED},
        CreditState.REJECTED: set(),
        CreditState.GIVEN: {CreditState.LAPSED},
        CreditState.LAPSED: set(),
    },
)

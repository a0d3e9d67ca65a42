"""The lives of a decision and of a certificate."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class DecisionOutcome(StrEnum):
    AWARD = "AWARD"
    REFUSE = "REFUSE"


class DecisionState(StrEnum):
    """DECIDED: a certificate is still to be issued, if the outcome is AWARD. SETTLED: nothing is left to do."""

    DECIDED = "DECIDED"
    SETTLED = "SETTLED"


DECISION_LIFECYCLE = Lifecycle(
    "decision", {DecisionState.DECIDED: {DecisionState.SETTLED}, DecisionState.SETTLED: set()}
)


class CertificateState(StrEnum):
    VALID = "VALID"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"


CERTIFICATE_LIFECYCLE = Lifecycle(
    "certificate",
    {
        CertificateState.VALID: {CertificateState.SUSPENDED, CertificateState.WITHDRAWN},
        CertificateState.SUSPENDED: {CertificateState.VALID, CertificateState.WITHDRAWN},
        CertificateState.WITHDRAWN: set(),
    },
)

"""The words of reviews. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from examsvc.core.states import Lifecycle
from examsvc.registry.cases.states import CaseState


class CheckItem(StrEnum):
    """What 材料核验 goes through: annexes 1–3 (D02), and the four conditions of a scheme (B03–B07)."""

    ANNEXES = "ANNEXES"  # annex 1 with its seal, annexes 2 and 3
    CREDIT_CODE = "CREDIT_CODE"  # H10
    OCCUPATION = "OCCUPATION"  # B04
    INDUSTRY = "INDUSTRY"  # B05
    EMPLOYMENT = "EMPLOYMENT"  # B06
    DEMAND = "DEMAND"  # B07


class Conclusion(StrEnum):
    PASS = "PASS"  # noqa: S105 (a word, no secret)
    RETURN = "RETURN"
    REJECT = "REJECT"


class ReviewKind(StrEnum):
    INITIATION = "INITIATION"  # 立项评估, 专家论证
    ORGANISATION = "ORGANISATION"  # 机构评估
    SCHEME = "SCHEME"  # 项目评估


class ReviewState(StrEnum):
    OPEN = "OPEN"
    CONCLUDED = "CONCLUDED"


REVIEW_LIFECYCLE = Lifecycle(
    "review", {ReviewState.OPEN: {ReviewState.CONCLUDED}, ReviewState.CONCLUDED: set[ReviewState]()}
)


class OpinionValue(StrEnum):
    PASS = "PASS"  # noqa: S105 (a word, no secret)
    FAIL = "FAIL"
    ABSTAIN = "ABSTAIN"


class MeetingKind(StrEnum):
    PANEL = "PANEL"  # 专家论证
    HEARING = "HEARING"  # 现场答辩
    SITE_VISIT = "SITE_VISIT"  # 实地考察


class MeetingResult(StrEnum):
    PASS = "PASS"  # noqa: S105 (a word, no secret)
    FAIL = "FAIL"


class NationalReply(StrEnum):
    AGREED = "AGREED"
    RETURNED = "RETURNED"
    REFUSED = "REFUSED"


KIND_IN: Mapping[CaseState, ReviewKind] = {
    CaseState.MATERIALS_CHECKED: ReviewKind.INITIATION,
    CaseState.APPLIED: ReviewKind.ORGANISATION,
    CaseState.HANDED_IN: ReviewKind.SCHEME,
}
"""Which review a case waits for."""

LEADS_TO: Mapping[ReviewKind, Mapping[Conclusion, CaseState]] = {
    ReviewKind.INITIATION: {
        Conclusion.PASS: CaseState.EXPERT_REVIEWED,
        Conclusion.RETURN: CaseState.RETURNED,
        Conclusion.REJECT: CaseState.REJECTED,
    },
    ReviewKind.ORGANISATION: {
        Conclusion.PASS: CaseState.DEVELOPING,
        Conclusion.RETURN: CaseState.APPLYING,
        Conclusion.REJECT: CaseState.REJECTED,
    },
    ReviewKind.SCHEME: {
        Conclusion.PASS: CaseState.SCHEME_ASSESSED,
        Conclusion.RETURN: CaseState.DEVELOPING,
        Conclusion.REJECT: CaseState.REJECTED,
    },
}
CHECK_LEADS_TO: Mapping[Conclusion, CaseState] = {
    Conclusion.PASS: CaseState.MATERIALS_CHECKED,
    Conclusion.RETURN: CaseState.RETURNED,
    Conclusion.REJECT: CaseState.REJECTED,
}
CITY_LEADS_TO: Mapping[Conclusion, CaseState] = {**CHECK_LEADS_TO, Conclusion.PASS: CaseState.CITY_PASSED}
REPLY_LEADS_TO: Mapping[NationalReply, CaseState] = {
    NationalReply.AGREED: CaseState.NATIONAL_AGREED,
    NationalReply.RETURNED: CaseState.RETURNED,
    NationalReply.REFUSED: CaseState.REJECTED,
}

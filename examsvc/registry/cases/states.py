"""The life of a case in the six steps of the notice (140号 三(一)), and who has to act in each state."""

from collections.abc import Mapping
from enum import StrEnum

from examsvc.accounts.roles import Role
from examsvc.core.states import Lifecycle


class Step(StrEnum):
    """The steps of the notice: 材料提交 · 立项评估 · 机构评估 · 项目评估 · 公示备案 · 汇总发布."""

    RECOMMENDATION = "RECOMMENDATION"
    INITIATION_REVIEW = "INITIATION_REVIEW"
    ORGANISATION_REVIEW = "ORGANISATION_REVIEW"
    SCHEME_REVIEW = "SCHEME_REVIEW"
    FILING = "FILING"
    PUBLICATION = "PUBLICATION"


class CaseState(StrEnum):
    DRAFT = "DRAFT"  # in a draft batch of the department
    SUBMITTED = "SUBMITTED"  # the batch was submitted in its window
    RETURNED = "RETURNED"  # back with the department, to be mended and submitted again
    MATERIALS_CHECKED = "MATERIALS_CHECKED"  # 材料核验 done
    EXPERT_REVIEWED = "EXPERT_REVIEWED"  # 专家论证 concluded
    CITY_PASSED = "CITY_PASSED"  # 立项评估通过
    SENT_TO_NATIONAL = "SENT_TO_NATIONAL"
    NATIONAL_AGREED = "NATIONAL_AGREED"
    SELECTED = "SELECTED"  # 遴选确定
    SCHEME_PUBLICITY = "SCHEME_PUBLICITY"  # the scheme's public notice is open
    SCHEME_PUBLICISED = "SCHEME_PUBLICISED"  # the organisation may apply
    APPLYING = "APPLYING"  # the organisation's application is being written
    APPLIED = "APPLIED"  # submitted in its window; expert panel, hearing, site visit
    DEVELOPING = "DEVELOPING"  # the organisation passed; three months for specification and bank
    HANDED_IN = "HANDED_IN"  # both are handed in; the clock has stopped
    SCHEME_ASSESSED = "SCHEME_ASSESSED"  # 项目评估 passed
    BUREAU_AGREED = "BUREAU_AGREED"  # the city bureau agreed to the public notice
    PUBLICITY = "PUBLICITY"  # five working days
    PUBLICISED = "PUBLICISED"  # the public notice has ended
    FILED = "FILED"
    REJECTED = "REJECTED"
    ABANDONED = "ABANDONED"  # 视作放弃: the three months passed
    WITHDRAWN = "WITHDRAWN"  # the department or the organisation withdrew


S = CaseState
_WAY: Mapping[CaseState, set[CaseState]] = {
    S.DRAFT: {S.SUBMITTED},
    S.SUBMITTED: {S.MATERIALS_CHECKED, S.RETURNED, S.REJECTED},
    S.RETURNED: {S.DRAFT},
    S.MATERIALS_CHECKED: {S.EXPERT_REVIEWED, S.RETURNED, S.REJECTED},
    S.EXPERT_REVIEWED: {S.CITY_PASSED, S.RETURNED, S.REJECTED},
    S.CITY_PASSED: {S.SENT_TO_NATIONAL},
    S.SENT_TO_NATIONAL: {S.NATIONAL_AGREED, S.RETURNED, S.REJECTED},
    S.NATIONAL_AGREED: {S.SELECTED, S.REJECTED},
    S.SELECTED: {S.SCHEME_PUBLICITY},
    S.SCHEME_PUBLICITY: {S.SCHEME_PUBLICISED, S.SELECTED, S.REJECTED},
    S.SCHEME_PUBLICISED: {S.APPLYING, S.REJECTED},
    S.APPLYING: {S.APPLIED},
    S.APPLIED: {S.DEVELOPING, S.APPLYING, S.REJECTED},
    S.DEVELOPING: {S.HANDED_IN, S.ABANDONED},
    S.HANDED_IN: {S.SCHEME_ASSESSED, S.DEVELOPING, S.REJECTED},
    S.SCHEME_ASSESSED: {S.BUREAU_AGREED, S.REJECTED},
    S.BUREAU_AGREED: {S.PUBLICITY},
    S.PUBLICITY: {S.PUBLICISED, S.BUREAU_AGREED, S.REJECTED},
    S.PUBLICISED: {S.FILED, S.REJECTED},
    S.FILED: set(),
    S.REJECTED: set(),
    S.ABANDONED: set(),
    S.WITHDRAWN: set(),
}
OVER = frozenset({S.FILED, S.REJECTED, S.ABANDONED, S.WITHDRAWN})
CASE_LIFECYCLE = Lifecycle(
    "case", {state: after if state in OVER else after | {S.WITHDRAWN} for state, after in _WAY.items()}
)

STEP_OF: Mapping[CaseState, Step] = {
    S.DRAFT: Step.RECOMMENDATION,
    S.RETURNED: Step.RECOMMENDATION,
    S.SUBMITTED: Step.INITIATION_REVIEW,
    S.MATERIALS_CHECKED: Step.INITIATION_REVIEW,
    S.EXPERT_REVIEWED: Step.INITIATION_REVIEW,
    S.CITY_PASSED: Step.INITIATION_REVIEW,
    S.SENT_TO_NATIONAL: Step.INITIATION_REVIEW,
    S.NATIONAL_AGREED: Step.INITIATION_REVIEW,
    S.SELECTED: Step.INITIATION_REVIEW,
    S.SCHEME_PUBLICITY: Step.INITIATION_REVIEW,
    S.SCHEME_PUBLICISED: Step.ORGANISATION_REVIEW,
    S.APPLYING: Step.ORGANISATION_REVIEW,
    S.APPLIED: Step.ORGANISATION_REVIEW,
    S.DEVELOPING: Step.SCHEME_REVIEW,
    S.HANDED_IN: Step.SCHEME_REVIEW,
    S.SCHEME_ASSESSED: Step.FILING,
    S.BUREAU_AGREED: Step.FILING,
    S.PUBLICITY: Step.FILING,
    S.PUBLICISED: Step.FILING,
    S.FILED: Step.PUBLICATION,
}
"""The step of every state but those that ended before the list: REJECTED, ABANDONED, WITHDRAWN."""

WAITS_FOR: Mapping[CaseState, Role] = {
    S.DRAFT: Role.RECOMMENDER,
    S.RETURNED: Role.RECOMMENDER,
    S.SUBMITTED: Role.REGISTRAR,
    S.MATERIALS_CHECKED: Role.REGISTRAR,
    S.EXPERT_REVIEWED: Role.REGISTRAR,
    S.CITY_PASSED: Role.REGISTRAR,
    S.SENT_TO_NATIONAL: Role.REGISTRAR,
    S.NATIONAL_AGREED: Role.REGISTRAR,
    S.SELECTED: Role.REGISTRAR,
    S.SCHEME_PUBLICISED: Role.OFFICE,
    S.APPLYING: Role.OFFICE,
    S.APPLIED: Role.REGISTRAR,
    S.DEVELOPING: Role.OFFICE,
    S.HANDED_IN: Role.REGISTRAR,
    S.SCHEME_ASSESSED: Role.BUREAU,
    S.BUREAU_AGREED: Role.REGISTRAR,
    S.PUBLICISED: Role.REGISTRAR,
}
"""Who has to act; a state that is not named waits for time to pass, or for nothing."""

OPEN_TO_ORGANISATION = frozenset(
    {S.SCHEME_PUBLICISED, S.APPLYING, S.APPLIED, S.DEVELOPING, S.HANDED_IN, S.SCHEME_ASSESSED, S.BUREAU_AGREED}
    | {S.PUBLICITY, S.PUBLICISED, S.FILED, S.ABANDONED}
)
"""From here on the organisation takes part; before, the case is between the department and the centre."""

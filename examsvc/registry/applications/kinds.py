"""The enumerations and fixed sentences of an application. Pure."""

from collections.abc import Mapping
from enum import StrEnum

MOST_TEXT = 5_000


class LegalKind(StrEnum):
    """What the organisation is by law. 140号 二(二): 独立法人（如企业、社会团体、院校、民办非企业等）."""

    ENTERPRISE = "ENTERPRISE"
    SOCIAL_GROUP = "SOCIAL_GROUP"
    ATTACHED_SOCIAL_GROUP = "ATTACHED_SOCIAL_GROUP"  # 未与政府部门脱钩
    PRIVATE_SCHOOL = "PRIVATE_SCHOOL"
    PUBLIC_SCHOOL = "PUBLIC_SCHOOL"
    PRIVATE_NON_ENTERPRISE = "PRIVATE_NON_ENTERPRISE"
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION"  # 事业单位
    AUTHORITY = "AUTHORITY"  # 机关
    OTHER = "OTHER"


class EligibilityDecision(StrEnum):
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"


class StaffKind(StrEnum):
    """The four rosters. 140号 二(二)2: 专职工作人员、专家团队、考评人员、内部质量督导人员."""

    FULL_TIME = "FULL_TIME"
    EXPERT = "EXPERT"
    EXAMINER = "EXAMINER"
    QUALITY_SUPERVISOR = "QUALITY_SUPERVISOR"


class RoomKind(StrEnum):
    """笔试、机考、实操、综合评审."""

    WRITTEN = "WRITTEN"
    COMPUTER = "COMPUTER"
    PRACTICAL = "PRACTICAL"
    REVIEW = "REVIEW"


class EvidenceTopic(StrEnum):
    """What a file of an application proves."""

    LEGAL_PERSON = "LEGAL_PERSON"  # C01
    FINANCE_RULES = "FINANCE_RULES"  # C03
    MANAGEMENT_RULES = "MANAGEMENT_RULES"  # C03
    CREDIT_CHECK = "CREDIT_CHECK"  # C03
    UNIT = "UNIT"  # C06: how the dedicated unit was set up
    STAFF = "STAFF"  # C07: certificates
    FUNDING = "FUNDING"  # C08
    PREMISES = "PREMISES"  # C09: ownership or lease
    QUALITY_PLAN = "QUALITY_PLAN"  # C11


NEEDED_EVIDENCE = (
    EvidenceTopic.LEGAL_PERSON,
    EvidenceTopic.FINANCE_RULES,
    EvidenceTopic.MANAGEMENT_RULES,
    EvidenceTopic.CREDIT_CHECK,
    EvidenceTopic.FUNDING,
    EvidenceTopic.QUALITY_PLAN,
)

ANSWERS = ("registered_here", "finance_rules", "management_rules", "good_credit", "not_for_profit", "supervised")
"""The statements that the organisation confirms one by one: C01, C03 three times, C04, C12."""

UNDERTAKINGS: Mapping[str, str] = {
    "not_for_profit": "把社会效益放在首位，不以营利为最终目的。",
    "supervised": "遵守国家及本市专项职业能力考核工作相关要求，自愿接受各级人社部门、相关行业主管部门的监督。",
    "truthful": "对材料真实性、有效性、合法性负责。",
}
"""What is signed, in the words of the notice: 140号 二(二)1, 二(二)4, 三(一)3 (C04, C12, D06)."""

"""The lives of public notices and objections. Pure."""

from enum import StrEnum

from examsvc.core.states import Lifecycle
from examsvc.registry.cases.states import CaseState


class NoticeKind(StrEnum):
    SCHEMES = "SCHEMES"  # 遴选确定的考核项目 (140号 三(二))
    ORGANISATIONS = "ORGANISATIONS"  # 考核机构名单 (140号 三(四))


class NoticeState(StrEnum):
    OPEN = "OPEN"
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"


NOTICE_LIFECYCLE = Lifecycle(
    "notice",
    {
        NoticeState.OPEN: {NoticeState.ENDED, NoticeState.CANCELLED},
        NoticeState.ENDED: set(),
        NoticeState.CANCELLED: set(),
    },
)

BEFORE = {NoticeKind.SCHEMES: CaseState.SELECTED, NoticeKind.ORGANISATIONS: CaseState.BUREAU_AGREED}
DURING = {NoticeKind.SCHEMES: CaseState.SCHEME_PUBLICITY, NoticeKind.ORGANISATIONS: CaseState.PUBLICITY}
AFTER = {NoticeKind.SCHEMES: CaseState.SCHEME_PUBLICISED, NoticeKind.ORGANISATIONS: CaseState.PUBLICISED}


class Against(StrEnum):
    ORGANISATION = "ORGANISATION"
    DEPARTMENT = "DEPARTMENT"
    CENTRE = "CENTRE"
    OTHER = "OTHER"


class ObjectionState(StrEnum):
    OPEN = "OPEN"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


OBJECTION_LIFECYCLE = Lifecycle(
    "objection",
    {
        ObjectionState.OPEN: {ObjectionState.UPHELD, ObjectionState.DISMISSED},
        ObjectionState.UPHELD: set(),
        ObjectionState.DISMISSED: set(),
    },
)


class Consequence(StrEnum):
    """What an upheld objection does to the case: refused for good, or back to where it waited for its notice."""

    REJECTED = "REJECTED"
    RETURNED = "RETURNED"

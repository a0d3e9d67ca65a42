"""The words of a printed ruling. Pure."""

from datetime import date, datetime
from typing import Final

from examsvc.core.clock import SHANGHAI
from examsvc.delivery.voiding import Subject
from proctoring.misconduct.classes import Consequence
from proctoring.misconduct.states import EvidenceKind, Service

EVIDENCE: Final = {
    EvidenceKind.SNAPSHOT: "抓拍",
    EvidenceKind.EVENT: "事件",
    EvidenceKind.INCIDENT: "异常记录",
    EvidenceKind.COMMAND: "监考指令",
}
SERVICE: Final = {Service.IN_PERSON: "当面送达", Service.BY_POST: "邮寄送达", Service.BY_MESSAGE: "电子送达"}
SUBJECTS: Final = {Subject.THEORY: "理论知识", Subject.PRACTICAL: "操作技能"}


def consequence(decided: Consequence, subject: Subject | None) -> str:
    """Return what was decided, as a sentence of the ruling."""
    match decided:
        case Consequence.NONE:
            return "违纪违规事实不能认定，不予处理。"
        case Consequence.WARNING:
            return "给予警告，成绩不受影响。"
        case Consequence.SUBJECT_VOID:
            return f"给予当次{SUBJECTS[subject] if subject else ''}科目考核成绩无效的处理，不颁发证书。"
        case Consequence.SESSION_VOID:
            return "给予当次全部科目考核成绩无效的处理，不颁发证书。"


def day(on: date) -> str:
    """Return the date as documents write it: 2026年11月29日."""
    return f"{on.year}年{on.month}月{on.day}日"


def minute(at: datetime) -> str:
    """Return the instant in Shanghai, to the minute: 2026年11月29日 09:05."""
    local = at.astimezone(SHANGHAI)
    return f"{day(local.date())} {local:%H:%M}"


def second(at: datetime) -> str:
    """Return the instant in Shanghai, to the second: 2026-11-29 09:05:07."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"

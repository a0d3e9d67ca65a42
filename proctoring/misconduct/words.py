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
    EvidenceKind.FILE: "文件",
}
WHAT: Final = {
    # snapshots
    "ROUTINE": "定时留存",
    "EVENT": "事件前后留存",
    "FLAGGED": "画面异常留存",
    # events
    "TAB_HIDDEN": "离开页面",
    "TAB_SHOWN": "回到页面",
    "WINDOW_BLURRED": "切换窗口",
    "WINDOW_FOCUSED": "回到窗口",
    "FULLSCREEN_LEFT": "退出全屏",
    "FULLSCREEN_ENTERED": "进入全屏",
    "CAMERA_LOST": "摄像头断开",
    "CAMERA_BACK": "摄像头恢复",
    "CAMERA_BLACK": "画面全黑或被遮挡",
    "CAMERA_FROZEN": "画面静止",
    "CONNECTED": "已连接",
    "DISCONNECTED": "断开连接",
    "CLAIMED_ELSEWHERE": "在另一登录或设备上接管作答",
    "READ_ELSEWHERE": "另一登录或设备读取试卷",
    # incidents
    "BEHAVIOUR": "行为异常",
    "IDENTITY": "身份存疑",
    "DEVICE": "设备故障",
    "ENVIRONMENT": "环境干扰",
    "HEALTH": "身体不适",
    "OTHER": "其他",
    # commands
    "MESSAGE": "发消息",
    "EXTEND": "延时",
    "PAUSE": "暂停",
    "RESUME": "恢复",
    "TERMINATE": "终止考试",
    "ALLOW_HAND_IN": "同意交卷",
    "EXPECT_AGAIN": "撤销缺考",
    "LET_BEGIN": "准予开考",
    "TAKE_ANSWERS": "计入迟到作答",
    "MOVE_START": "更改开考时间",
    "ACCOMMODATE": "更新便利措施",
    "CREDIT": "补时",
    # files
    "PHOTO": "照片",
    "DOCUMENT": "文档",
    "FILM": "录像",
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

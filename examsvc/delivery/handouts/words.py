"""The words of what is printed for an exam session. Pure."""

from datetime import datetime

from examsvc.core.clock import SHANGHAI
from examsvc.delivery.states import CameraRule, ClockRule

WEEKDAYS = "一二三四五六日"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Return the window in Shanghai: 2026年11月23日（星期一）09:00—10:00, with the second day where there are two."""
    first, last = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    until = f"{last:%H:%M}" if last.date() == first.date() else f"{_day(last)}{last:%H:%M}"
    return f"{_day(first)}{first:%H:%M}—{until}"


def _day(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日（星期{WEEKDAYS[at.weekday()]}）"


def rules(
    *,
    minutes: int,
    late_entry_minutes: int,
    earliest_hand_in_minutes: int,
    clock_rule: ClockRule,
    camera_rule: CameraRule,
) -> list[str]:
    """Return what the candidate has to know, with the session's own numbers."""
    return [
        "凭本准考证和与报名一致的有效身份证件原件入场，两证缺一不可；入座后将两证放在桌面备查。",
        _entry(minutes, late_entry_minutes, clock_rule),
        "开考前须阅读并签署《诚信考试承诺书》；不签署的，视为放弃考核。",
        _hand_in(earliest_hand_in_minutes),
        *_camera(camera_rule),
        "手机等通信设备关闭后放在指定位置；服从考场工作人员安排，违纪违规的按有关规定处理。",
    ]


def _entry(minutes: int, late_entry_minutes: int, clock_rule: ClockRule) -> str:
    if clock_rule == ClockRule.PERSONAL:
        return f"可在上述时间内随时入场开考，考试时长 {minutes} 分钟，但不晚于上述结束时间。"
    late = min(late_entry_minutes, minutes)
    entry = f"开考 {late} 分钟后不得入场" if late else "开考后不得入场"
    return f"考试时长 {minutes} 分钟；{entry}，迟到不延长考试时间。"


def _hand_in(earliest_hand_in_minutes: int) -> str:
    if not earliest_hand_in_minutes:
        return "答题完毕可随时交卷；交卷后不得再次入场。"
    return f"开考 {earliest_hand_in_minutes} 分钟后方可交卷；交卷后不得再次入场。"


def _camera(rule: CameraRule) -> list[str]:
    if rule == CameraRule.OFF:
        return []
    needed = "，摄像头须正常工作" if rule == CameraRule.REQUIRED else ""
    return [f"考试全程视频监控{needed}，考试过程留存备查。"]

"""The words of what is printed for an exam session. Pure."""

from datetime import datetime, timedelta

from examsvc.core.clock import SHANGHAI
from examsvc.delivery import instants
from examsvc.delivery.instants import Course, Window
from examsvc.delivery.states import CameraRule, ClockRule

WEEKDAYS = "一二三四五六日"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Return the window in Shanghai: 2026年11月23日（星期一）09:00—10:00, with the second day where there are two."""
    first, last = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    until = f"{last:%H:%M}" if last.date() == first.date() else f"{_day(last)}{last:%H:%M}"
    return f"{_day(first)}{first:%H:%M}—{until}"


def _day(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日（星期{WEEKDAYS[at.weekday()]}）"


def rules(window: Window, camera_rule: CameraRule) -> list[str]:
    """Return what the candidate has to know, with the session's own numbers."""
    return [
        "凭本准考证和与报名一致的有效身份证件原件入场，两证缺一不可；入座后将两证放在桌面备查。",
        _entry(window),
        *_absence(window),
        "开考前须阅读并签署《诚信考试承诺书》；不签署的，视为放弃考核。",
        _hand_in(window),
        *_camera(camera_rule),
        "手机等通信设备关闭后放在指定位置；服从考场工作人员安排，违纪违规的按有关规定处理。",
    ]


def _entry(window: Window) -> str:
    if window.clock_rule == ClockRule.PERSONAL:
        return f"可在上述时间内随时入场开考，考试时长 {window.minutes} 分钟，但不晚于上述结束时间。"
    late = _latest_entry(window)
    entry = f"开考 {late} 分钟后不得入场" if late else "开考后不得入场"
    makes_up = late and window.late_extends_time
    return f"考试时长 {window.minutes} 分钟；{entry}，{'迟到的时间补足' if makes_up else '迟到不延长考试时间'}。"


def _absence(window: Window) -> list[str]:
    """Return who counts as absent; with a personal clock the whole window is there to come in."""
    if window.clock_rule == ClockRule.PERSONAL:
        return []
    latest = (instants.absent_at(window, Course()) - window.starts_at) // timedelta(minutes=1)
    until = f"开考 {latest} 分钟内" if latest else "开考前"
    return [f"{until}未签到入场，也未在考试机上登录并确认身份的，记为缺考。"]


def _latest_entry(window: Window) -> int:
    return min(window.late_entry_minutes, window.minutes)


def _hand_in(window: Window) -> str:
    earliest = instants.earliest_hand_in_minutes(window, Course(), window.starts_at)
    if earliest is None:
        return "不得提前交卷，考试结束时系统自动交卷。"
    begin = f"开考 {earliest} 分钟后方可交卷" if earliest else "答题完毕可随时交卷"
    last = window.last_minutes_consent
    consent = f"最后 {last} 分钟内交卷须经监考员同意，到时自动交卷不受影响；" if last else ""
    return f"{begin}；{consent}交卷后不得再次入场。"


def _camera(rule: CameraRule) -> list[str]:
    if rule == CameraRule.OFF:
        return []
    needed = "，摄像头须正常工作" if rule == CameraRule.REQUIRED else ""
    return [f"考试全程视频监控{needed}，考试过程留存备查。"]

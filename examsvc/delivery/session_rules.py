"""The settings of an exam session with their defaults, and where each default comes from. Pure.

A source says how well a default is founded: SEED the notice 沪人社职〔2025〕140号 itself, OFFICIAL another official
document, PRACTICE what other bodies do, OWN this system's choice. None but SEED binds anybody.
"""

from dataclasses import dataclass
from enum import StrEnum

from examsvc.delivery.states import CameraRule, ClockRule, NavigationRule


class Founded(StrEnum):
    SEED = "SEED"
    OFFICIAL = "OFFICIAL"
    PRACTICE = "PRACTICE"
    OWN = "OWN"


class Unit(StrEnum):
    MINUTES = "MINUTES"
    SECONDS = "SECONDS"
    FLAG = "FLAG"
    CHOICE = "CHOICE"


@dataclass(frozen=True)
class SessionRule:
    """A setting: `key` is the session's field; `practical` is the default of practical tasks where it is another."""

    key: str
    default: int | bool | str | None
    unit: Unit
    founded: Founded
    source_zh: str
    source_en: str
    practical: int | bool | str | None = None
    has_practical: bool = False


SESSION_RULES = (
    SessionRule(
        "shuffle_questions",
        True,
        Unit.FLAG,
        Founded.OWN,
        "通知未作规定；每名考生题序不同，邻座不能照抄。抽取时的顺序仍保存在试卷中。",
        "The notice is silent; neighbours with another order cannot copy. The paper keeps the order of the draw.",
    ),
    SessionRule(
        "shuffle_options",
        True,
        Unit.FLAG,
        Founded.OWN,
        "通知未作规定；每名考生选项顺序不同，字母不能互传；“以上都是”一类选项始终在最后。",
        "The notice is silent; letters passed on mean nothing. An option like “all of the above” is always last.",
    ),
    SessionRule(
        "clock_rule",
        ClockRule.COMMON,
        Unit.CHOICE,
        Founded.PRACTICE,
        "机考惯例：同时开考、同时结束（安徽 2016 机考须知、山东卫生 2020）。",
        "Practice of machine tests: all begin and end together (Anhui 2016, Shandong health 2020).",
    ),
    SessionRule(
        "late_entry_minutes",
        30,
        Unit.MINUTES,
        Founded.PRACTICE,
        "各地 15 至 30 分钟不一：251 鉴定所、杭州 30，安徽机考 25，卫生 20，粮食 15；操作技能多为 15。",
        "15 to 30 by place: 30 (251 鉴定所, Hangzhou), 25 (Anhui machine test), 20 (health), 15 (grain); practical 15.",
        practical=15,
        has_practical=True,
    ),
    SessionRule(
        "late_extends_time",
        False,
        Unit.FLAG,
        Founded.PRACTICE,
        "安徽 2016 机考须知：迟到不延长考试时间。",
        "Anhui 2016, machine test: who comes late gets no more time.",
    ),
    SessionRule(
        "login_absent_minutes",
        30,
        Unit.MINUTES,
        Founded.PRACTICE,
        "安徽 2016 机考须知：开考三十分钟内未在考试机上登录并确认，视为缺考。",
        "Anhui 2016: who has not logged in and confirmed 30 minutes after the start counts as absent.",
    ),
    SessionRule(
        "earliest_hand_in_minutes",
        30,
        Unit.MINUTES,
        Founded.PRACTICE,
        "多地为开考 30 分钟（安徽机考、251 鉴定所、杭州）；操作技能不得提前离场。",
        "Mostly 30 minutes after the start (Anhui, 251 鉴定所, Hangzhou); nobody leaves a practical task early.",
        practical=None,
        has_practical=True,
    ),
    SessionRule(
        "last_minutes_consent",
        10,
        Unit.MINUTES,
        Founded.PRACTICE,
        "安徽 2016 机考须知：结束前 10 分钟内须经监考员同意方可交卷；到时自动交卷不受影响。",
        "Anhui 2016: in the last 10 minutes only with a proctor's consent; the automatic hand-in needs none.",
    ),
    SessionRule(
        "grace_seconds",
        15,
        Unit.SECONDS,
        Founded.OWN,
        "无文件规定；供结束前已作出、仍在传输途中的答案到达。",
        "No rule; for answers given before the end that are still on their way.",
    ),
    SessionRule(
        "navigation",
        NavigationRule.FREE,
        Unit.CHOICE,
        Founded.PRACTICE,
        "安徽 2016 机考须知提供“标记待查”，即可自由翻题。按部分限制为本系统提供的选择。",
        "Anhui 2016 offers marking for review, that is, free navigation; limits by section are this system's offer.",
    ),
    SessionRule(
        "calculator_allowed",
        False,
        Unit.FLAG,
        Founded.OWN,
        "通知未作规定；由考核规范和试题决定。",
        "The notice is silent; the specification and its questions decide.",
    ),
    SessionRule(
        "accept_offline",
        True,
        Unit.FLAG,
        Founded.OWN,
        "无文件规定：断网时在本机作出的答案或交卷，迟到后是否按本机时间认定；本机时间可被更改，不能作为证明，逐份由机构决定。",
        "No rule: whether what was made without a network counts as in time by the machine's own clock when it arrives "
        "late. That clock can be set and proves nothing; the office decides on each.",
    ),
    SessionRule(
        "safe_browser_needed",
        False,
        Unit.FLAG,
        Founded.OWN,
        "通知未作规定；高校机考常用安全考试浏览器（Safe Exam Browser）锁定考试机。启用前须在考试机上安装。",
        "The notice is silent; universities lock their machines with it. It must be installed on the machines first.",
    ),
    SessionRule(
        "camera_rule",
        CameraRule.OPTIONAL,
        Unit.CHOICE,
        Founded.SEED,
        "通知要求考核点具备视频监控设备；是否启用考生摄像头由机构决定。",
        "The notice asks for video equipment at the site; the candidate's own camera is up to the organisation.",
    ),
)

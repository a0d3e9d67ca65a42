"""When candidates come, sit and hand in. Pure."""

from typing import Final

from examsvc.delivery.session_rules.kinds import Founded, SessionRule, Unit
from examsvc.delivery.states import ClockRule

TIME_RULES: Final = (
    SessionRule(
        key="minutes",
        name_zh="答题时长（分钟）",
        name_en="Minutes for the paper",
        unit=Unit.MINUTES,
        has_default=False,
        founded=Founded.SEED,
        source_zh="通知要求依据考核规范实施考核；选定备案项目时填入其考核规范规定的理论考试时间。",
        source_en="The notice asks for the specification to be followed: choosing the filing enters its theory time.",
    ),
    SessionRule(
        key="clock_rule",
        name_zh="计时方式",
        name_en="Clock",
        default=ClockRule.COMMON,
        unit=Unit.CHOICE,
        founded=Founded.PRACTICE,
        source_zh="机考惯例：同时开考、同时结束（安徽 2016 机考须知、山东卫生 2020）。",
        source_en="Practice of machine tests: all begin and end together (Anhui 2016, Shandong health 2020).",
    ),
    SessionRule(
        key="late_entry_minutes",
        name_zh="最晚入场（开考后分钟）",
        name_en="Latest entry (minutes after the start)",
        default=30,
        unit=Unit.MINUTES,
        founded=Founded.PRACTICE,
        source_zh="各地 15 至 30 分钟不一：251 鉴定所、杭州 30，安徽机考 25，卫生 20，粮食 15；操作技能多为 15。",
        source_en="15 to 30 by place: 30 (251 鉴定所, Hangzhou), 25 (Anhui machine test), 20 (health), 15 (grain); "
        "practical 15.",
        practical=15,
        has_practical=True,
        common_clock_only=True,
    ),
    SessionRule(
        key="late_extends_time",
        name_zh="迟到补时",
        name_en="Late comers get the time",
        default=False,
        unit=Unit.FLAG,
        founded=Founded.PRACTICE,
        source_zh="安徽 2016 机考须知：迟到不延长考试时间。",
        source_en="Anhui 2016, machine test: who comes late gets no more time.",
        common_clock_only=True,
    ),
    SessionRule(
        key="login_absent_minutes",
        name_zh="视为缺考（开考后分钟）",
        name_en="Counts as absent (minutes after the start)",
        default=30,
        unit=Unit.MINUTES,
        founded=Founded.PRACTICE,
        source_zh="安徽 2016 机考须知：开考三十分钟内未在考试机上登录并确认，视为缺考。"
        "本系统中，在考场门口签到入场的也视为到考；最晚入场时间更晚的，以最晚入场时间为准。",
        source_en="Anhui 2016: who has not logged in and confirmed 30 minutes after the start counts as absent. Here "
        "who was checked in at the door has come too, and where the latest entry is later, that one holds.",
        common_clock_only=True,
    ),
    SessionRule(
        key="earliest_hand_in_minutes",
        name_zh="最早交卷（开考后分钟）",
        name_en="Earliest hand-in (minutes after the start)",
        default=30,
        unit=Unit.MINUTES,
        founded=Founded.PRACTICE,
        source_zh="多地为开考 30 分钟（安徽机考、251 鉴定所、杭州）；操作技能不得提前离场。",
        source_en="Mostly 30 minutes after the start (Anhui, 251 鉴定所, Hangzhou); nobody leaves a practical task "
        "early.",
        practical=None,
        has_practical=True,
    ),
    SessionRule(
        key="last_minutes_consent",
        name_zh="最后多少分钟交卷须经同意",
        name_en="Last minutes with consent only",
        default=10,
        unit=Unit.MINUTES,
        founded=Founded.PRACTICE,
        source_zh="安徽 2016 机考须知：结束前 10 分钟内须经监考员同意方可交卷；到时自动交卷不受影响。",
        source_en="Anhui 2016: in the last 10 minutes only with a proctor's consent; the automatic hand-in needs none.",
    ),
    SessionRule(
        key="grace_seconds",
        name_zh="收卷宽限（秒）",
        name_en="Grace for late answers (seconds)",
        default=15,
        unit=Unit.SECONDS,
        founded=Founded.OWN,
        source_zh="无文件规定；供结束前已作出、仍在传输途中的答案到达。",
        source_en="No rule; for answers given before the end that are still on their way.",
    ),
)

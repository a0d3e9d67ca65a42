"""Who may apply, how the paper is shown, and what the machine must be. Pure."""

from typing import Final

from examsvc.delivery.session_rules.kinds import Founded, SessionRule, Unit
from examsvc.delivery.states import CameraRule, NavigationRule

PAPER_RULES: Final = (
    SessionRule(
        key="shuffle_questions",
        name_zh="为每名考生打乱试题",
        name_en="Shuffle questions for each candidate",
        default=True,
        unit=Unit.FLAG,
        founded=Founded.OWN,
        source_zh="通知未作规定；每名考生题序不同，邻座不能照抄。抽取时的顺序仍保存在试卷中。",
        source_en="The notice is silent; neighbours with another order cannot copy. The paper keeps the order of the "
        "draw.",
    ),
    SessionRule(
        key="shuffle_options",
        name_zh="为每名考生打乱选项",
        name_en="Shuffle options for each candidate",
        default=True,
        unit=Unit.FLAG,
        founded=Founded.OWN,
        source_zh="通知未作规定；每名考生选项顺序不同，字母不能互传；“以上都是”一类选项始终在最后。",
        source_en="The notice is silent; letters passed on mean nothing. An option like “all of the above” is always "
        "last.",
    ),
    SessionRule(
        key="navigation",
        name_zh="答题顺序",
        name_en="Navigation",
        default=NavigationRule.FREE,
        unit=Unit.CHOICE,
        founded=Founded.PRACTICE,
        source_zh="安徽 2016 机考须知提供“标记待查”，即可自由翻题。按部分限制为本系统提供的选择。",
        source_en="Anhui 2016 offers marking for review, that is, free navigation; limits by section are this system's "
        "offer.",
    ),
    SessionRule(
        key="calculator_allowed",
        name_zh="页面计算器",
        name_en="On-screen calculator",
        default=False,
        unit=Unit.FLAG,
        founded=Founded.OWN,
        source_zh="通知未作规定；由考核规范和试题决定。",
        source_en="The notice is silent; the specification and its questions decide.",
    ),
    SessionRule(
        key="accept_offline",
        name_zh="断网作答按本机时间认定",
        name_en="Count offline work by the machine's clock",
        default=True,
        unit=Unit.FLAG,
        founded=Founded.OWN,
        source_zh="无文件规定：断网时在本机作出的答案或交卷，迟到后是否按本机时间认定；本机时间可被更改，不能作为证明，"
        "逐份由机构决定。",
        source_en="No rule: whether what was made without a network counts as in time by the machine's own clock when "
        "it arrives late. That clock can be set and proves nothing; the office decides on each.",
    ),
    SessionRule(
        key="safe_browser_needed",
        name_zh="安全考试浏览器",
        name_en="Safe Exam Browser",
        default=False,
        unit=Unit.FLAG,
        founded=Founded.OWN,
        source_zh="通知未作规定；高校机考常用安全考试浏览器（Safe Exam Browser）锁定考试机。启用前须在考试机上安装。",
        source_en="The notice is silent; universities lock their machines with it. It must be installed on the "
        "machines first.",
    ),
    SessionRule(
        key="camera_rule",
        name_zh="摄像头",
        name_en="Camera",
        default=CameraRule.OPTIONAL,
        unit=Unit.CHOICE,
        founded=Founded.SEED,
        source_zh="通知要求考核点具备视频监控设备；是否启用考生摄像头由机构决定。",
        source_en="The notice asks for video equipment at the site; the candidate's own camera is up to the "
        "organisation.",
    ),
    SessionRule(
        key="application_conditions",
        name_zh="申报条件",
        name_en="Application conditions",
        unit=Unit.LINES,
        has_default=False,
        founded=Founded.PRACTICE,
        source_zh="通知未作规定。已公布的考核规范多写明“达到法定劳动年龄，具有相应技能的劳动者均可申报”，即只要求年龄，"
        "系统始终核对；外省报名信息表（浙江 2015）要求逐人填写所符合的申报条件。",
        source_en="The notice is silent. Issued specifications mostly say "
        "“达到法定劳动年龄，具有相应技能的劳动者均可申报”, that is, the working age alone, which is always checked; "
        "enrolment records of other provinces (Zhejiang 2015) ask each candidate for the condition that is met.",
    ),
)

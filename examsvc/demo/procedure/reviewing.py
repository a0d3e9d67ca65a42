"""The centre checks, experts give opinions, the national centre replies, the bureau agrees."""

from datetime import datetime, timedelta

from examsvc.demo.procedure.papers import paper
from examsvc.demo.procedure.stories import Story
from examsvc.registry.reviews import checking, concluding, deciding, dispatching, meetings, opening, opining
from examsvc.registry.reviews.checking import Point
from examsvc.registry.reviews.dispatching import Reply, Seen
from examsvc.registry.reviews.kinds import (
    CheckItem,
    Conclusion,
    MeetingKind,
    MeetingResult,
    NationalReply,
    OpinionValue,
)
from examsvc.registry.reviews.meetings import Minutes, Plan
from examsvc.registry.reviews.opening import Appointment

EXPERTS = ("expert1", "expert2", "expert3")
OPINION = "材料齐全，内容与岗位实际相符，考核方式可行，同意通过。"
CENTRE, BUREAU, NATIONAL = "市职鉴中心（演示）", "市人社局（演示）", "国家指导中心（演示）"
MEETINGS_BEFORE = timedelta(days=4)
_AFTERNOON = timedelta(hours=4)


def check(story: Story, when: datetime) -> None:
    points = [Point(item, ticked=True) for item in CheckItem]
    checking.check(*story.at, points, Conclusion.PASS, "附件齐全，四项条件同时满足。", **story.registrar(when))


def open_panel(story: Story, when: datetime) -> None:
    """Open whatever review the case waits for, with the three experts."""
    panel = [Appointment(story.crew.accounts[name].id, is_chair=name == EXPERTS[0]) for name in EXPERTS]
    story.review_id = opening.open_review(*story.at, panel, **story.registrar(when)).id


def first_opinion(story: Story, when: datetime) -> None:
    """Let one expert give his opinion; the others' are pending. The one who chairs has his pending in other cases."""
    _say(story, EXPERTS[0] if story.text["stage"] == "MATERIALS_CHECKED" else EXPERTS[1], when)


def conclude(story: Story, when: datetime) -> None:
    """Conclude the review in favour, after everybody's opinion."""
    for name in EXPERTS:
        _say(story, name, when)
    concluding.conclude(*story.review_at, Conclusion.PASS, "同意专家组意见。", **story.registrar(when))


def _say(story: Story, expert: str, when: datetime) -> None:
    opining.give(story.db, story.review_id, 0, OpinionValue.PASS, OPINION, **story.crew.act(expert, when))


def pass_city(story: Story, when: datetime) -> None:
    deciding.pass_city(*story.at, Conclusion.PASS, "立项评估通过。", **story.registrar(when))


def send(story: Story, when: datetime) -> None:
    case = story.case
    dispatching.send(story.db, [Seen(case.id, case.version)], "请予审核。", **story.registrar(when))


def reply(story: Story, when: datetime) -> None:
    letter = paper("关于立项意见的复函", f"同意「{story.case.scheme_name}」立项。", signer=NATIONAL, on=when)
    answer = Reply(NationalReply.AGREED, when, "同意立项。", letter)
    dispatching.record_reply(*story.at, answer, **story.registrar(when))


def select(story: Story, when: datetime) -> None:
    deciding.select(*story.at, is_selected=True, note="遴选确定。", **story.registrar(when))


def consent(story: Story, when: datetime) -> None:
    title, case = "关于同意公示的复函", story.case
    letter = paper(title, f"同意「{case.scheme_name}」（{case.organisation_name}）予以公示。", signer=BUREAU, on=when)
    deciding.consent(*story.at, letter, "同意公示。", **story.crew.act("bureau", when))


def hold_meetings(story: Story, when: datetime) -> None:
    """Plan and hold 专家论证、现场答辩、实地考察 of the organisation's review."""
    for kind in MeetingKind:
        _plan(story, kind, when + _AFTERNOON, now=when)
        _hold(story, kind, when + _AFTERNOON)


def plan_hearing(story: Story, when: datetime) -> None:
    """Hold the panel's meeting; plan hearing and site visit for the two weeks after."""
    _plan(story, MeetingKind.PANEL, when, now=when - _AFTERNOON)
    _hold(story, MeetingKind.PANEL, when)
    _plan(story, MeetingKind.HEARING, when + timedelta(days=14), now=when + _AFTERNOON)
    _plan(story, MeetingKind.SITE_VISIT, when + timedelta(days=16), now=when + _AFTERNOON)


_NAMES = {MeetingKind.PANEL: "专家论证", MeetingKind.HEARING: "现场答辩", MeetingKind.SITE_VISIT: "实地考察"}
_AGENDA = {
    MeetingKind.PANEL: "审阅申报材料，讨论四项条件，形成书面意见。",
    MeetingKind.HEARING: "申报机构陈述 20 分钟，专家提问 30 分钟。",
    MeetingKind.SITE_VISIT: "查看考场、视频监控与设施设备，抽查制度执行记录。",
}


def _plan(story: Story, kind: MeetingKind, starts_at: datetime, *, now: datetime) -> None:
    place = story.organisation.address if kind == MeetingKind.SITE_VISIT else "市职鉴中心（演示）第二会议室"
    meetings.plan(*story.review_at, kind, Plan(starts_at, place, _AGENDA[kind]), **story.registrar(now))


def _hold(story: Story, kind: MeetingKind, when: datetime) -> None:
    review = opening.take_running(*story.review_at, by=story.registrar(when)["by"])
    meeting = next(one for one in review.meetings if one.kind == kind)
    text = "与会专家一致认为符合要求。"
    upload = paper(f"{_NAMES[kind]}记录", _AGENDA[kind], text, signer=CENTRE, on=when)
    record = Minutes(when, text, MeetingResult.PASS, upload)
    meetings.record(*story.review_at, meeting.id, record, **story.registrar(when))

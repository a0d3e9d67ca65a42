"""An organisation applies: statements, evidence, rosters, sites with their district's word, declaration, submission."""

from datetime import datetime, timedelta

from sqlalchemy import select

from examsvc.core.clock import shanghai_date
from examsvc.core.db import get, only
from examsvc.demo.procedure.papers import paper
from examsvc.demo.procedure.stories import Story
from examsvc.registry.applications import beginning, districts, filling, loading, registers, signing
from examsvc.registry.applications.filling import Filled
from examsvc.registry.applications.kinds import (
    ANSWERS,
    NEEDED_EVIDENCE,
    EvidenceTopic,
    LegalKind,
    RoomKind,
    StaffKind,
)
from examsvc.registry.applications.materials import Statements, digest
from examsvc.registry.applications.models import Application, Centre
from examsvc.registry.applications.registers import CentreEntry, RoomEntry, StaffEntry

EVIDENCE = {
    EvidenceTopic.LEGAL_PERSON: "法人登记证书",
    EvidenceTopic.FINANCE_RULES: "财务管理制度",
    EvidenceTopic.MANAGEMENT_RULES: "考核组织管理制度",
    EvidenceTopic.CREDIT_CHECK: "信用查询报告",
    EvidenceTopic.FUNDING: "专项经费安排说明",
    EvidenceTopic.QUALITY_PLAN: "内部质量督导方案",
}
STAFF = {
    StaffKind.FULL_TIME: ("何静", "考务管理"),
    StaffKind.EXPERT: ("罗启文", "高级职称"),
    StaffKind.EXAMINER: ("梁书衡", "考评员"),
    StaffKind.QUALITY_SUPERVISOR: ("宋怀瑾", "质量督导员"),
}
PROPOSED = (("浦东新区", "示例滨江考核点"), ("静安区", "示例大宁考核点"), ("徐汇区", "示例漕河泾考核点"))
"""Sites of the application in progress, one before each district bureau of the demo."""
QUALIFIED_FOR = timedelta(days=3 * 365)


def begin(story: Story, when: datetime) -> None:
    beginning.begin(*story.at, **story.office(when))


def write_draft(story: Story, when: datetime) -> None:
    """Begin to fill the application in: two pieces of evidence, sites that wait for their districts."""
    _state(story, when)
    _prove(story, list(NEEDED_EVIDENCE[:2]), when)
    for district, name in PROPOSED:
        _build(story, CentreEntry(name, district, f"上海市{district}示例路 20 号"), when)


def complete(story: Story, when: datetime) -> None:
    """Fill everything in; a roster or site that the organisation has from an earlier application stays."""
    _state(story, when)
    _prove(story, list(NEEDED_EVIDENCE), when)
    name = story.organisation_text["centre"]
    if only(story.db, Centre, organisation_id=story.organisation.id, name=name) is None:
        _hire(story, when)
        entry = CentreEntry(name, story.organisation.district, story.organisation.address)
        _recommend(story, _build(story, entry, when), when)


def submit(story: Story, when: datetime) -> None:
    """Sign the materials as shown and submit them in the window."""
    act = story.office(when)
    materials = loading.materials_of(story.db, get(story.db, Application, story.case.id))
    signing.sign(*story.at, digest(materials.manifest()), story.organisation_text["department_head"], **act)
    signing.submit(*story.at, **act)


def _state(story: Story, when: datetime) -> None:
    text = story.organisation_text
    said = Statements(
        legal_kind=LegalKind(text["legal_kind"]),
        department_name=text["department_name"],
        department_head=text["department_head"],
        credit_checked_on=shanghai_date(when),
        funding_statement="每年从自有资金中安排专项经费，用于题库更新、考评人员培训和设备维护，专款专用。",
        quality_plan="每场次派内部质量督导人员到场，抽查评分一致性，考后一周内形成督导记录并跟踪整改。",
    )
    filling.fill(*story.at, Filled(said, dict.fromkeys(ANSWERS, True)), **story.office(when))


def _prove(story: Story, topics: list[EvidenceTopic], when: datetime) -> None:
    name = story.organisation.name
    for topic in topics:
        file = paper(EVIDENCE[topic], f"{name}为申报「{story.case.scheme_name}」提交。", signer=name, on=when)
        filling.attach(*story.at, topic, file, **story.office(when))


def _hire(story: Story, when: datetime) -> None:
    since = shanghai_date(when) - timedelta(days=365)
    for number, (kind, (name, qualification)) in enumerate(STAFF.items(), start=1):
        entry = StaffEntry(kind, name, qualification, f"SL-{number:04d}", since, since + QUALIFIED_FOR)
        registers.put_staff(*story.at, entry, **story.office(when))


def _build(story: Story, entry: CentreEntry, when: datetime) -> Centre:
    act = story.office(when)
    registers.put_centre(*story.at, entry, **act)
    query = select(Centre).filter_by(organisation_id=story.organisation.id, name=entry.name)
    centre = story.db.scalars(query).one()
    for room, kind in (("机考一室", RoomKind.COMPUTER), ("实操一室", RoomKind.PRACTICAL)):
        wanted = RoomEntry(room, kind, 30, has_video=True, equipment="考位 30 个，全程视频监控")
        registers.put_room(*story.at, centre.id, wanted, **act)
    return centre


def _recommend(story: Story, centre: Centre, when: datetime) -> None:
    signer = f"{centre.district}人社局（演示）"
    letter = paper("考核点推荐函", f"推荐{story.organisation.name}设立{centre.name}。", signer=signer, on=when)
    day = shanghai_date(when)
    districts.recommend(story.db, centre.id, centre.version, day, letter, **story.district(when))

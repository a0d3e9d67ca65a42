"""A small real world made through the service's own verbs, for tests to live in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import exam_rooms
import publishing
from argon2 import PasswordHasher
from callers import PASSWORD
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core.identity import Identity, system
from examsvc.delivery import enrolling, planning
from examsvc.delivery.models import Enrolment
from examsvc.delivery.states import CameraRule, ClockRule
from examsvc.registry import service as registry
from examsvc.registry.models import OrganisationKind, SchemeSpecification
from questionbank import authoring, content, drawing, practicals, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.criteria import CriterionPlan
from questionbank.draw import Row
from questionbank.kinds import CriterionKind, Difficulty, ItemType
from questionbank.registration import registering

IDENTITY_NUMBERS = ("11010519491231002X", "310101199003073877", "310104198812120041")
NAMES = ("王小明", "𬎆珺", "李娜")
ORGANISATION = "上海测试有限公司"
ASKED = (
    ItemType.SINGLE_CHOICE,
    ItemType.MULTIPLE_CHOICE,
    ItemType.TRUE_FALSE,
    ItemType.FILL_IN,
    ItemType.NUMERIC,
)
_PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)  # quick to check
STAFF = {
    "office": [Role.OFFICE],
    "author": [Role.AUTHOR],
    "reviewer": [Role.REVIEWER],
    "examiner1": [Role.EXAMINER],
    "examiner2": [Role.EXAMINER],
    "examiner3": [Role.EXAMINER],
    "proctor1": [Role.PROCTOR],
    "proctor2": [Role.PROCTOR],
    "decider": [Role.DECISION_MAKER],
    "supervisor": [Role.QUALITY_SUPERVISOR],
    "registrar": [Role.REGISTRAR],
}


def identity(account: Account) -> Identity:
    return Identity(name=account.display_name, account_id=account.id, roles=account.roles)


@dataclass
class World:
    """Two work tasks (60/40; theory 40 = 20+20, practical 60 = 40+20), ten items, two practical tasks.

    The paper has five questions of 20 points for each half; a published exam session runs from half an hour
    ago for two hours with a personal clock of 60 minutes, and all may hand in at once.
    """

    db: Session
    now: datetime
    staff: dict[str, Account] = field(default_factory=dict)
    enrolments: list[Enrolment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._hire()
        self._file()
        self._fill_bank()
        self._draw()
        self._hold()

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the session: a copy of a world is detached."""
        return {name: value for name, value in self.__dict__.items() if name != "db"}

    def by(self, username: str) -> Identity:
        return identity(self.staff[username])

    def _hire(self) -> None:
        for username, roles in STAFF.items():
            account = accounts.create_account(
                self.db, username, f"{username}先生", roles, password=None, by=system("tests"), now=self.now
            )
            account.password_hash = _PASSWORD_HASH
            self.staff[username] = account

    def _file(self) -> None:
        act: dict[str, Any] = {"by": self.by("registrar"), "now": self.now}
        self.organisation = registry.register_organisation(
            self.db,
            ORGANISATION,
            "91350100M000100Y43",
            OrganisationKind.ENTERPRISE,
            district="黄浦区",
            address="中山东一路 1 号",
            **act,
        )
        self.scheme = registry.define_scheme(
            self.db,
            "人工智能模型运用",
            occupation=("4-04-05", "软件和信息技术服务人员"),
            industries=["人工智能"],
            **act,
        )
        self.specification: SchemeSpecification = registry.adopt_specification(
            self.db,
            self.scheme.id,
            definition="运用工具的能力。",
            audience="劳动者",
            theory_minutes=60,
            work_tasks=[
                registry.WorkTaskPlan("提示词撰写", 20, 40, ["能撰写"], ["原理"]),
                registry.WorkTaskPlan("智能体生成", 20, 20, ["能生成"], ["方法"]),
            ],
            **act,
        )
        self.filing = registry.file(
            self.db,
            self.organisation.id,
            self.specification.id,
            number="备案-1",
            valid_from_on=date(2026, 1, 1),
            valid_to_on=date(2028, 12, 31),
            **act,
        )

    def _fill_bank(self) -> None:
        self.bank = authoring.create_bank(
            self.db, self.organisation.id, self.specification.id, "测试题库", now=self.now
        )
        for task in self.specification.work_tasks:
            for number, (kind, item_content, key) in enumerate(_wordings(), start=1):
                self._release(f"T{task.number}-{number}", kind, item_content, key, task.knowledge_points[0].id)
            self._add_practical(task.number, task.id)
        act: dict[str, Any] = {"by": self.by("office"), "now": self.now}
        registering.register(self.db, self.bank.id, filing_id=self.filing.id, **act)

    def _release(self, code: str, kind: ItemType, item_content: Any, key: Any, point_id: UUID) -> None:
        wording = Wording(
            kind, Difficulty.EASY, point_id, {**item_content, "stem": code + item_content["stem"]}, key, "因为"
        )
        author, reviewer = self.by("author"), self.by("reviewer")
        version = authoring.write_item(self.db, self.bank.id, code, wording, by=author, now=self.now)
        reviewing.submit(self.db, version.id, by=author, now=self.now)
        reviewing.approve(self.db, version.id, by=reviewer, now=self.now)
        releasing.release(self.db, version.id, by=reviewer, now=self.now)

    def _add_practical(self, number: int, work_task_id: UUID) -> None:
        plan = practicals.TaskPlan(
            code=f"P{number}",
            work_task_id=work_task_id,
            title=f"操作技能试题{number}",
            brief="## 考核内容\n完成任务。",
            minutes=30,
            criteria=list(_criteria()),
        )
        practicals.add_practical_task(self.db, self.bank.id, plan, by=self.by("author"), now=self.now)

    def _draw(self) -> None:
        rows = [Row(task, kind, 1, 10_00) for task in (1, 2) for kind in ASKED]
        self.blueprint = drawing.add_blueprint(self.db, self.bank.id, "蓝图", rows, now=self.now)
        self.paper = drawing.draw_paper(self.db, self.blueprint.id, seed="seed", by=self.by("office"), now=self.now)

    def _hold(self) -> None:
        act: dict[str, Any] = {"by": self.by("office"), "now": self.now}
        plan = planning.SessionPlan(
            code="S1",
            title="测试场次",
            place="一号机房",
            filing_id=self.filing.id,
            paper_id=self.paper.id,
            starts_at=self.now - timedelta(minutes=30),
            ends_at=self.now + timedelta(minutes=90),
            minutes=60,
            clock_rule=ClockRule.PERSONAL,
            camera_rule=CameraRule.OPTIONAL,
            earliest_hand_in_minutes=0,
        )
        self.exam_session = planning.create_session(self.db, plan, **act)
        exam_rooms.give_room(self.db, self.exam_session, **act)
        for name, number in zip(NAMES, IDENTITY_NUMBERS, strict=True):
            person = enrolling.Person(name, number)
            self.enrolments.append(enrolling.enrol(self.db, self.exam_session.id, person, **act))
        publishing.publish(self.db, self.exam_session.id, **act)


def read_relations(db: Session) -> None:
    """Load whatever the session's rows refer to, so that copies of them know it."""
    seen: set[Any] = set()
    while found := set(db.identity_map.values()) - seen:
        seen |= found
        for row in found:
            for relation in inspect(row).mapper.relationships:
                getattr(row, relation.key)


def _wordings() -> Iterable[tuple[ItemType, dict[str, Any], dict[str, Any]]]:
    options = content.options_of(["甲", "乙", "丙", "丁"])
    yield ItemType.SINGLE_CHOICE, {"stem": "选一项", "options": options}, {"right": ["b"]}
    yield ItemType.MULTIPLE_CHOICE, {"stem": "选几项", "options": options}, {"right": ["a", "c"]}
    yield ItemType.TRUE_FALSE, {"stem": "对吗"}, {"value": True}
    yield ItemType.FILL_IN, {"stem": "填____", "blanks": 1}, {"blanks": [["提示词", "Prompt"]]}
    yield ItemType.NUMERIC, {"stem": "算", "unit": "元"}, {"value": "1.50", "tolerance": "0.01"}


def _criteria() -> Iterable[CriterionPlan]:
    steps = [{"value": value, "text": ""} for value in (0, 20_00, 40_00)]
    anchors = [{"value": value, "text": f"第{level}档"} for level, value in enumerate((0, 20_00, 40_00, 60_00))]
    taken = [{"value": value, "text": ""} for value in (0, 5_00, 10_00)]
    yield CriterionPlan(CriterionKind.MEASUREMENT, "完成", "看结果", steps)
    yield CriterionPlan(CriterionKind.JUDGEMENT, "质量", "看锚点", anchors)
    yield CriterionPlan(CriterionKind.DEDUCTION, "超时", "每分钟", taken)
    yield CriterionPlan(CriterionKind.VETO, "泄露信息", "一票否决", [{"value": 0, "text": ""}])

"""People and cases of the pilot's procedure, for tests of one stage to begin where the stage before ended."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session
from world import _PASSWORD_HASH, identity

from examsvc.accounts.models import Account, AccountRole
from examsvc.accounts.roles import Role
from examsvc.core.identity import Identity, system
from examsvc.registry import service as registry
from examsvc.registry.cases.models import Affiliation, BatchState, Case, CaseProposal, Department, Recommendation
from examsvc.registry.cases.states import CaseState
from examsvc.registry.models import Organisation, OrganisationKind

CREDIT_CODE, OTHER_CREDIT_CODE = "91310000MA1FL0AB1X", "91310115MA1K30CD22"
DISTRICT, OTHER_DISTRICT = "浦东新区", "静安区"
PEOPLE: dict[str, tuple[Role, str]] = {
    "recommender": (Role.RECOMMENDER, "department"),
    "recommender2": (Role.RECOMMENDER, "other_department"),
    "centre1": (Role.REGISTRAR, ""),
    "centre2": (Role.REGISTRAR, ""),
    "expert1": (Role.EXPERT, ""),
    "expert2": (Role.EXPERT, ""),
    "expert3": (Role.EXPERT, ""),
    "insider": (Role.EXPERT, "organisation"),
    "bureau": (Role.BUREAU, ""),
    "district": (Role.DISTRICT, "district"),
    "district2": (Role.DISTRICT, "other_district"),
    "applicant": (Role.OFFICE, "organisation"),
    "applicant2": (Role.OFFICE, "other_organisation"),
    "inner": (Role.QUALITY_SUPERVISOR, "organisation"),
}
SECTIONS = (
    *("background", "features", "audience", "assessment_so_far", "social_effect"),
    *("outlook_employment", "outlook_industry", "outlook_economy", "extra_scheme"),
    *("organisation_basics", "organisation_groundwork", "organisation_strengths", "extra_organisation"),
)
PROPOSAL = {name: f"{name} 说明" for name in SECTIONS}
MAIN_CONTENT: dict[str, Any] = {
    "definition": "运用大模型工具，在智能体平台根据任务场景撰写提示词，创建和开发智能体的能力。",
    "work_tasks": [
        {"name": "提示词撰写", "operations": ["能撰写提示词"], "knowledge": ["提示词设计的方法"], "weight": 40},
        {"name": "大模型工具使用", "operations": ["能使用大模型"], "knowledge": ["大模型使用的方法"], "weight": 20},
        {"name": "智能体生成", "operations": ["能使用智能体平台"], "knowledge": ["智能体优化的方法"], "weight": 40},
    ],
    "extra_sections": [],
}


@dataclass
class Casework:
    """Two departments, two organisations, two districts with their people; `case()` places a case in any state."""

    db: Session
    now: datetime
    accounts: dict[str, Account] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.department = Department(name="上海市示例行业主管部门", created_at=self.now)
        self.other_department = Department(name="上海市另一行业主管部门", created_at=self.now)
        self.db.add_all([self.department, self.other_department])
        self.organisation = self._organisation("上海案例技术有限公司", CREDIT_CODE, DISTRICT)
        self.other_organisation = self._organisation("上海另一家有限公司", OTHER_CREDIT_CODE, OTHER_DISTRICT)
        self.db.flush()
        self._hire()

    def by(self, username: str) -> Identity:
        return identity(self.accounts[username])

    def act(self, username: str, now: datetime | None = None) -> dict[str, Any]:
        return {"by": self.by(username), "now": now or self.now}

    def batch(self, state: BatchState = BatchState.DRAFT) -> Recommendation:
        batch = Recommendation(
            department_id=self.department.id,
            title="2026 年第四季度推荐",
            contact_name="周敏",
            contact_phone="021-55550000",
            state=state,
            created_at=self.now,
            submitted_at=None if state == BatchState.DRAFT else self.now,
        )
        self.db.add(batch)
        self.db.flush()
        return batch

    def case(self, state: CaseState = CaseState.SUBMITTED, **fields: Any) -> Case:
        """Place a case, by itself in a batch of its own unless `recommendation_id` is given."""
        number = next(self._numbers)
        if "recommendation_id" not in fields:
            fields["recommendation_id"] = self.batch(
                BatchState.DRAFT if state == CaseState.DRAFT else BatchState.SUBMITTED
            ).id
        whole: dict[str, Any] = {
            "number": f"测-{number:05d}",
            "department_id": self.department.id,
            "position": 1,
            "scheme_name": f"人工智能模型运用{number}",
            "occupation_code": "4-04-05",
            "occupation_name": "软件和信息技术服务人员",
            "industries": "人工智能、电子信息",
            "organisation_name": self.organisation.name,
            "credit_code": CREDIT_CODE,
            "expected_candidates": 1000,
            "reason": "行业规划",
            "state": state,
            "state_since_at": self.now,
            "created_at": self.now,
            "district": DISTRICT,
            **fields,
        }
        case = Case(**whole)
        self.db.add(case)
        self.db.flush()
        self.db.add(CaseProposal(case_id=case.id, proposal=PROPOSAL, main_content=MAIN_CONTENT))
        self.db.flush()
        return case

    def _organisation(self, name: str, code: str, district: str) -> Organisation:
        return registry.register_organisation(
            self.db,
            name,
            code,
            OrganisationKind.ENTERPRISE,
            district=district,
            address="示例路 1 号",
            by=system("tests"),
            now=self.now,
        )

    def _hire(self) -> None:
        """Write all accounts at once: one after the other, with entries of the audit log, takes ten times as long."""
        self.accounts.update((username, self._account(username, role)) for username, (role, _) in PEOPLE.items())
        self.db.add_all(self.accounts.values())
        self.db.flush()
        places = self._places()
        self.db.add_all(
            Affiliation(account_id=self.accounts[username].id, **places[place])
            for username, (_, place) in PEOPLE.items()
            if place
        )
        self.db.flush()

    def _account(self, username: str, role: Role) -> Account:
        return Account(
            username=username,
            display_name=f"{username}先生",
            password_hash=_PASSWORD_HASH,
            created_at=self.now,
            held_roles=[AccountRole(role=role)],
        )

    def _places(self) -> dict[str, dict[str, Any]]:
        return {
            "department": {"department_id": self.department.id},
            "other_department": {"department_id": self.other_department.id},
            "organisation": {"organisation_id": self.organisation.id},
            "other_organisation": {"organisation_id": self.other_organisation.id},
            "district": {"district": DISTRICT},
            "other_district": {"district": OTHER_DISTRICT},
        }

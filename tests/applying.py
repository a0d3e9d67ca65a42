"""An application filled in to the last line, for tests to take one thing away from."""

from datetime import UTC, date, datetime
from typing import Any

from casework import DISTRICT, Casework
from sqlalchemy.orm import Session

from examsvc.registry.applications import beginning, districts, filling, loading, registers, signing
from examsvc.registry.applications.filling import Filled
from examsvc.registry.applications.kinds import ANSWERS, NEEDED_EVIDENCE, LegalKind, RoomKind, StaffKind
from examsvc.registry.applications.materials import Statements, digest
from examsvc.registry.applications.models import Application, Centre
from examsvc.registry.applications.registers import CentreEntry, RoomEntry, StaffEntry
from examsvc.registry.cases import uploads
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.cases.uploads import Upload

IN_WINDOW = datetime(2026, 12, 22, 2, 0, tzinfo=UTC)
STATEMENTS = Statements(
    legal_kind=LegalKind.ENTERPRISE,
    department_name="技能评价中心",
    department_head="沈一鸣",
    credit_checked_on=date(2026, 11, 20),
    funding_statement="每年安排专项经费。",
    quality_plan="每场次安排内部质量督导人员。",
)
EVERY_ANSWER = dict.fromkeys(ANSWERS, True)
ROOM = RoomEntry("机考一室", RoomKind.COMPUTER, 30, has_video=True, equipment="计算机 32 台")


def pdf(name: str = "证明.pdf", content: str = "") -> Upload:
    return uploads.checked(name, b"%PDF-1.7\n" + content.encode())


def member(kind: StaffKind = StaffKind.EXAMINER, name: str = "王小明", **fields: Any) -> StaffEntry:
    whole: dict[str, Any] = {
        "qualification": "考评员",
        "certificate_number": "K-1",
        "valid_from_on": date(2025, 1, 1),
        "valid_to_on": date(2027, 12, 31),
        **fields,
    }
    return StaffEntry(kind, name, **whole)


class Applying:
    """A case whose application the applicant fills in; every step is the service's own verb."""

    def __init__(self, work: Casework) -> None:
        self.work, self.db = work, work.db
        self.case: Case = work.case(CaseState.SCHEME_PUBLICISED)
        beginning.begin(self.db, self.case.id, self.case.version, **work.act("applicant"))

    @property
    def at(self) -> tuple[Session, Any, int]:
        return self.db, self.case.id, self.case.version

    @property
    def application(self) -> Application:
        return self.db.get_one(Application, self.case.id)

    def fill(self, statements: Statements = STATEMENTS, **answers: bool) -> None:
        filled = Filled(statements, {**EVERY_ANSWER, **answers})
        filling.fill(*self.at, filled, **self.work.act("applicant"))

    def prove(self) -> None:
        for topic in NEEDED_EVIDENCE:
            filling.attach(*self.at, topic, pdf(f"{topic}.pdf"), **self.work.act("applicant"))

    def hire(self) -> None:
        for kind in StaffKind:
            registers.put_staff(*self.at, member(kind), **self.work.act("applicant"))

    def build(self, district: str = DISTRICT, room: RoomEntry = ROOM) -> Centre:
        entry = CentreEntry("张江考核点", district, "示例路 1 号")
        registers.put_centre(*self.at, entry, **self.work.act("applicant"))
        centre = self.db.query(Centre).order_by(Centre.id.desc()).limit(1).one()
        registers.put_room(*self.at, centre.id, room, **self.work.act("applicant"))
        return centre

    def recommend(self, centre: Centre, who: str = "district") -> None:
        day = date(2026, 11, 23)
        districts.recommend(self.db, centre.id, centre.version, day, pdf("推荐函.pdf"), **self.work.act(who))

    def complete(self) -> None:
        self.fill()
        self.prove()
        self.hire()
        self.recommend(self.build())

    def digest(self) -> str:
        return digest(loading.materials_of(self.db, self.application).manifest())

    def sign(self, now: datetime | None = None) -> None:
        signing.sign(*self.at, self.digest(), "沈一鸣", **self.work.act("applicant", now))

    def submit(self, now: datetime = IN_WINDOW) -> Case:
        return signing.submit(*self.at, **self.work.act("applicant", now))

"""Cases brought to a stage of their reviews through the verbs, for the tests of reviews."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from casework import Casework

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.registry.cases import service as cases
from examsvc.registry.cases import uploads
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews import meetings, opening, opining
from examsvc.registry.reviews.checking import Point
from examsvc.registry.reviews.kinds import CheckItem, MeetingKind, MeetingResult, OpinionValue
from examsvc.registry.reviews.meetings import Minutes, Plan
from examsvc.registry.reviews.models import Review
from examsvc.registry.reviews.opening import Appointment

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PANEL = ("expert1", "expert2", "expert3")
ALL_TICKED = [Point(item, ticked=True) for item in CheckItem]


def pdf(name: str = "记录.pdf", more: bytes = b"") -> uploads.Upload:
    return uploads.checked(name, PDF + more)


@dataclass
class Reviewing:
    """What the centre and three experts do with one case."""

    work: Casework
    case: Case

    @classmethod
    def at(cls, work: Casework, state: CaseState) -> "Reviewing":
        return cls(work, work.case(state))

    def act(self, who: str = "centre1", later: timedelta = timedelta()) -> dict[str, Any]:
        return self.work.act(who, self.work.now + later)

    def panel(self, *names: str) -> list[Appointment]:
        chosen = [self.work.accounts[name].id for name in names or PANEL]
        return [Appointment(account_id, is_chair=not number) for number, account_id in enumerate(chosen)]

    def opened(self) -> Review:
        return opening.open_review(self.work.db, self.case.id, self.case.version, self.panel(), **self.act())

    def say(self, review: Review, who: str, opinion: OpinionValue, number: int = 0, text: str = "材料属实") -> None:
        opining.give(self.work.db, review.id, number, opinion, text, **self.act(who))

    def all_say(self, review: Review, *opinions: OpinionValue) -> None:
        for who, opinion in zip(PANEL, opinions or [OpinionValue.PASS] * 3, strict=True):
            self.say(review, who, opinion)

    def hold(self, review: Review, kind: MeetingKind, result: MeetingResult = MeetingResult.PASS) -> UUID:
        plan = Plan(self.work.now, "示例路 1 号", "议程")
        meetings.plan(self.work.db, review.id, self.case.version, kind, plan, **self.act())
        meeting = next(one for one in review.meetings if one.kind == kind)
        held = Minutes(self.work.now, "会议记录", result, pdf(more=kind.encode()))
        meetings.record(self.work.db, review.id, self.case.version, meeting.id, held, **self.act())
        return meeting.id

    def hold_all(self, review: Review) -> None:
        for kind in MeetingKind:
            self.hold(review, kind)

    def rehold(self, review: Review, meeting_id: UUID) -> None:
        held = Minutes(self.work.now, "另一份记录", MeetingResult.FAIL, pdf())
        meetings.record(self.work.db, review.id, self.case.version, meeting_id, held, **self.act())

    def both(self, who: str) -> dict[str, Any]:
        """Somebody who is an expert and works for the centre as well."""
        by = self.work.by(who)
        return {"by": replace(by, roles=by.roles | {Role.REGISTRAR}), "now": self.work.now}

    def hire_expert(self, username: str) -> UUID:
        account = accounts.create_account(
            self.work.db, username, f"{username}先生", [Role.EXPERT], password=None, **self.act()
        )
        return account.id

    def advance(self, state: CaseState) -> None:
        cases.advance(self.work.db, self.case, state, **self.act())

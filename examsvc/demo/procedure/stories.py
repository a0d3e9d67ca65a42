"""A demo case with everybody around it: what every step of it needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.demo.crew import Act, Crew
from examsvc.demo.procedure.timetables import Timetable
from examsvc.registry.cases.models import Case
from examsvc.registry.models import Organisation
from questionbank.models import Blueprint

NONE_YET = UUID(int=0)


@dataclass
class Story:
    """One case of the content files; `case_id` is known once its row is drafted.

    `review_id` and `notice_id` are the latest; `blueprint` is that of the bank from which the exam is drawn.
    """

    db: Session
    crew: Crew
    text: dict[str, Any]
    timetable: Timetable
    case_id: UUID = NONE_YET
    review_id: UUID = NONE_YET
    notice_id: UUID = NONE_YET
    blueprint: Blueprint | None = None

    @property
    def case(self) -> Case:
        return get(self.db, Case, self.case_id)

    @property
    def at(self) -> tuple[Session, UUID, int]:
        """The first three arguments of a verb on the case."""
        return self.db, self.case.id, self.case.version

    @property
    def review_at(self) -> tuple[Session, UUID, int]:
        """The first three arguments of a verb on the case's review."""
        return self.db, self.review_id, self.case.version

    @property
    def organisation(self) -> Organisation:
        return self.crew.organisations[self.text["organisation"]]

    @property
    def organisation_text(self) -> dict[str, Any]:
        found: dict[str, Any] = self.crew.texts["organisations"][self.text["organisation"]]
        return found

    @property
    def department_text(self) -> dict[str, Any]:
        found: dict[str, Any] = self.crew.texts["departments"][self.text["department"]]
        return found

    def recommender(self, now: datetime) -> Act:
        return self.crew.act(self.crew.one_of(department=self.text["department"]), now)

    def office(self, now: datetime) -> Act:
        return self.crew.act(self.crew.one_of(organisation=self.text["organisation"]), now)

    def registrar(self, now: datetime) -> Act:
        return self.crew.act("registrar", now)

    def district(self, now: datetime) -> Act:
        return self.crew.act(self.crew.one_of(district=self.organisation.district), now)

"""What is stored of the components of results: changed where it is there, inserted without objects where it is not."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from scoring.components import Known
from scoring.models import ComponentScore
from scoring.states import ComponentKind

TABLE = cast("Table", ComponentScore.__table__)


class ComponentScores:
    """The component scores of some enrolments."""

    def __init__(self, db: Session, enrolment_ids: Collection[UUID]) -> None:
        found = db.scalars(select(ComponentScore).where(ComponentScore.enrolment_id.in_(enrolment_ids)))
        self._db = db
        self._found = {(score.enrolment_id, score.kind, score.work_task_id): score for score in found}
        self._fresh: dict[tuple[UUID, ComponentKind, UUID], dict[str, Any]] = {}

    def keep(self, enrolment_id: UUID, known: Known, now: datetime) -> None:
        """Keep what is known of a component, each once; one that is new is stored with the next `write`."""
        place = (enrolment_id, known.kind, known.work_task.id)
        component = known.component
        told = {"points": component.points, "most": component.most, "evidence": known.evidence, "computed_at": now}
        score = self._found.get(place)
        if score is None:
            self._fresh[place] = {"enrolment_id": place[0], "kind": place[1], "work_task_id": place[2], **told}
            return
        for name, value in told.items():
            setattr(score, name, value)

    def write(self) -> None:
        """Store what is new."""
        if self._fresh:
            self._db.execute(insert(TABLE), list(self._fresh.values()))
            self._fresh = {}

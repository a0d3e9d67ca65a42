"""What a bank has to draw from, by all that the cells of a blueprint can ask for."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.registry.models import KnowledgePoint, WorkTask
from questionbank.models import ItemBank, ItemVersion
from questionbank.registration import registering


def lines(db: Session, bank_id: UUID) -> list[dict[str, Any]]:
    """Return how many versions may be drawn of each kind, in the order of the specification; raises NotFound."""
    get(db, ItemBank, bank_id)
    kinds = (
        WorkTask.number.label("work_task"),
        KnowledgePoint.number.label("knowledge_point"),
        ItemVersion.type,
        ItemVersion.difficulty,
        ItemVersion.importance,
    )
    query = (
        select(*kinds, func.count().label("count"))
        .join(KnowledgePoint, KnowledgePoint.id == ItemVersion.knowledge_point_id)
        .join(WorkTask, WorkTask.id == KnowledgePoint.work_task_id)
        .where(ItemVersion.bank_id == bank_id, registering.drawable(db, bank_id))
        .group_by(*kinds)
        .order_by(*kinds)
    )
    return [dict(line) for line in db.execute(query).mappings()]

"""Fills the demo's banks: items written, reviewed and released, practical tasks, the blueprint."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.demo import content_files
from examsvc.registry.models import SchemeSpecification, WorkTask
from questionbank import authoring, drawing, practicals, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.draw import Row
from questionbank.kinds import Difficulty, ItemType
from questionbank.models import Blueprint, ItemBank


@dataclass(frozen=True)
class Contents:
    """What a bank gets: items by knowledge point, and practical tasks, each as a content file writes it."""

    items: Iterable[dict[str, Any]]
    practicals: Iterable[dict[str, Any]]


def of_exam() -> Contents:
    """Return the contents from which the demo's exam is drawn."""
    return Contents(content_files.item_files(), content_files.practical_files())


def fill(
    db: Session, bank: ItemBank, contents: Contents, *, author: Identity, reviewer: Identity, now: datetime
) -> None:
    """Fill an empty bank: every item written by one person, approved and released by another."""
    tasks = {task.number: task for task in db.get_one(SchemeSpecification, bank.specification_id).work_tasks}
    for file in contents.items:
        point = tasks[file["work_task"]].knowledge_points[file["knowledge_point"] - 1]
        for entry in file["items"]:
            _add_item(db, bank, entry, point.id, author=author, reviewer=reviewer, now=now)
    for file in contents.practicals:
        _add_practical(db, bank, tasks[file["work_task"]], file, by=author, now=now)


def draw_blueprint(db: Session, bank: ItemBank, *, now: datetime) -> Blueprint:
    """Draw up the blueprint of the demo's exam and return it."""
    name = content_files.load("scheme.toml")["name"]
    return drawing.add_blueprint(db, bank.id, f"{name} 双向细目表", _rows(), now=now)


def _add_item(
    db: Session,
    bank: ItemBank,
    entry: dict[str, Any],
    knowledge_point_id: Any,
    *,
    author: Identity,
    reviewer: Identity,
    now: datetime,
) -> None:
    content, key = content_files.content_and_key(entry)
    wording = Wording(
        type=ItemType(entry["type"].upper()),
        difficulty=Difficulty(entry["difficulty"].upper()),
        knowledge_point_id=knowledge_point_id,
        content=content,
        key=key,
        explanation=entry["explanation"],
    )
    version = authoring.write_item(db, bank.id, entry["code"], wording, by=author, now=now)
    reviewing.submit(db, version.id, by=author, now=now)
    reviewing.approve(db, version.id, by=reviewer, now=now)
    releasing.release(db, version.id, by=reviewer, now=now)


def _add_practical(
    db: Session, bank: ItemBank, task: WorkTask, file: dict[str, Any], *, by: Identity, now: datetime
) -> None:
    plan = practicals.TaskPlan(
        code=file["code"],
        work_task_id=task.id,
        title=file["title"],
        brief=file["brief"],
        minutes=file["minutes"],
        criteria=[content_files.criterion(entry) for entry in file["criteria"]],
    )
    practicals.add_practical_task(db, bank.id, plan, by=by, now=now)


def _rows() -> list[Row]:
    blueprint = content_files.load("scheme.toml")["blueprint"]
    return [Row(**{**row, "type": ItemType(row["type"])}) for row in blueprint]

"""Life cycles: a table of allowed moves, and the one function that makes a move and records it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.errors import IllegalTransition
from examsvc.core.identity import Identity

State = TypeVar("State", bound=StrEnum)


class Lifecycle(Generic[State]):
    """The allowed moves of one kind of thing."""

    def __init__(self, subject: str, moves: Mapping[State, AbstractSet[State]]) -> None:
        self.subject = subject
        self.moves = moves

    def allows(self, current: State, target: State) -> bool:
        """Return whether the move is in the table."""
        return target in self.moves.get(current, frozenset())

    def check(self, current: State, target: State) -> None:
        """Raise IllegalTransition unless the move is in the table."""
        if not self.allows(current, target):
            raise IllegalTransition(subject=self.subject, current=str(current), target=str(target))


class Stateful(Protocol):
    """A row with a life cycle and an audit stream of its own or of what it belongs to."""

    state: Any

    @property
    def lifecycle(self) -> Lifecycle[Any]: ...

    @property
    def audit_stream(self) -> str: ...


def move(db: Session, row: Stateful, target: StrEnum, *, by: Identity, now: datetime, **detail: Any) -> None:
    """Move the row to `target`, stamped `now`, and append it to the row's audit stream.

    Raises IllegalTransition when the life cycle does not allow it.
    """
    row.lifecycle.check(row.state, target)
    came_from, row.state = row.state, target
    audit.append(
        db,
        row.audit_stream,
        f"{row.lifecycle.subject}.{target.lower()}",
        by=by,
        now=now,
        came_from=str(came_from),
        **detail,
    )


def move_each(
    db: Session, rows: Sequence[tuple[Stateful, dict[str, Any]]], target: StrEnum, *, by: Identity, now: datetime
) -> None:
    """Move many rows of one kind, each with a detail and a stream of its own, as `move` moves one.

    Raises IllegalTransition before anything is moved.
    """
    for row, _ in rows:
        row.lifecycle.check(row.state, target)
    if not rows:
        return
    action = f"{rows[0][0].lifecycle.subject}.{target.lower()}"
    told = [(row.audit_stream, {"came_from": str(row.state), **detail}) for row, detail in rows]
    for row, _ in rows:
        row.state = target
    audit.append_each(db, told, action, by=by, now=now)

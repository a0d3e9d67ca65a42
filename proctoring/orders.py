"""What a proctor's page asks for, and what an order must say. Pure."""

from dataclasses import dataclass
from uuid import UUID

from proctoring.errors import OneSittingOnly, ReasonMissing, SecondsMissing
from proctoring.states import CommandKind


@dataclass(frozen=True)
class Order:
    """`id` was made by the page, so that a repeat changes nothing. It is for one sitting, for one room, or for all."""

    id: UUID
    kind: CommandKind
    sitting_id: UUID | None = None
    session_room_id: UUID | None = None
    text: str = ""
    seconds: int = 0


def check(order: Order) -> None:
    """Raise ReasonMissing, SecondsMissing or OneSittingOnly unless the order says what it must."""
    if not order.text and order.kind.needs_text:
        raise ReasonMissing(kind=str(order.kind))
    if order.kind == CommandKind.EXTEND and order.seconds <= 0:
        raise SecondsMissing
    if order.sitting_id is None and not order.kind.is_for_many:
        raise OneSittingOnly(kind=str(order.kind))

"""What a page sends. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class Said(Protocol):
    """What a response says, on its way or stored."""

    @property
    def item_ref(self) -> str: ...
    @property
    def answer(self) -> dict[str, Any] | None: ...
    @property
    def flagged(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as the candidate's page sends it; `seq` counts from 1 within an epoch."""

    seq: int
    item_ref: str
    answer: dict[str, Any] | None
    flagged: bool
    client_at: datetime

    def says_the_same_as(self, other: Said) -> bool:
        """Return whether it is a repeat of `other`."""
        return (self.item_ref, self.answer, self.flagged) == (other.item_ref, other.answer, other.flagged)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a page sends at once: all of it is stored, or nothing. `token` is its login's, not yet looked up."""

    sitting_id: UUID
    epoch: int
    entries: Sequence[Entry]
    token: str
    arrived_at: datetime

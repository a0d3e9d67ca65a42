"""Who marks which question. Pure: over duties however they are kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from scoring.written.settling import MARKERS
from scoring.written.states import Duty


class Assigned(Protocol):
    """Somebody has a duty for one question, or for all that name nobody themselves."""

    @property
    def account_id(self) -> UUID: ...
    @property
    def duty(self) -> Duty: ...
    @property
    def item_version_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class DutyLine:
    """A duty as the office assigns it."""

    account_id: UUID
    duty: Duty
    item_version_id: UUID | None = None


def people(duties: Iterable[Assigned], version_id: UUID, duty: Duty) -> set[UUID]:
    """Return who has the duty for the question: those named for it, or else those for all questions."""
    mine = [one for one in duties if one.duty == duty and one.item_version_id in (None, version_id)]
    named = {one.account_id for one in mine if one.item_version_id == version_id}
    return named or {one.account_id for one in mine}


def are_whole(duties: Collection[Assigned], version_id: UUID) -> bool:
    """Return whether two people mark the question and a third arbitrates."""
    markers, arbiters = people(duties, version_id, Duty.MARKER), people(duties, version_id, Duty.ARBITER)
    return len(markers) == MARKERS and len(arbiters) == 1 and not markers & arbiters

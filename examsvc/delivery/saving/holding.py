"""What a round asks of its transaction, whichever database holds it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from examsvc.accounts.bearing import Bearer
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Said
from examsvc.delivery.saving.standings import Standing

Key = tuple[UUID, int, int]
"""Sitting, epoch, seq."""


@dataclass(frozen=True)
class Found:
    """Who bears the tokens, by digest, and the sittings that could be locked."""

    bearers: dict[str, Bearer]
    standings: dict[UUID, Standing]


class Held(Protocol):
    """A transaction that holds the sittings of a round. All it is asked is asked for all of them at once."""

    def look_up(self, digests: Sequence[str], sitting_ids: Sequence[UUID]) -> Found:
        """Return who bears the tokens, and the sittings, locked in the order of their ids; none that others hold."""
        ...

    def responses(self, keys: Sequence[Key]) -> dict[Key, Said]:
        """Return what is stored under the keys."""
        ...

    def latest(self, sitting_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, Any]]:
        """Return (sitting, item_ref, answer) of the last response to each question of the sittings."""
        ...

    def store(self, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
        """Append the rows and move the sittings on."""
        ...


class Store(Protocol):
    """Opens rounds' transactions: committed at the end of the block, undone whole if it raises."""

    def round(self) -> AbstractContextManager[Held]: ...

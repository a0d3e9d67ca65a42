"""A pool as it stood when a draw was made, kept so that anybody can repeat the draw."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from examsvc.core import canonical
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.kinds import Difficulty, Importance, ItemType


def snapshot(pool: Iterable[PoolItem]) -> bytes:
    """Return all that a draw can see of the pool, compressed."""
    return zlib.compress(canonical.encode([_row(item) for item in in_order(pool)]), 9)


def restored(kept: bytes) -> tuple[PoolItem, ...]:
    """Return the pool of a snapshot."""
    return tuple(_item(row) for row in json.loads(zlib.decompress(kept)))


def digest(pool: Iterable[PoolItem]) -> str:
    """Return the digest of all that a draw can see of the pool, whatever its order."""
    return canonical.digest([_row(item) for item in in_order(pool)])


def _row(item: PoolItem) -> dict[str, Any]:
    """Return the item without what is as if it were not said."""
    said = {
        field.name: getattr(item, field.name) for field in fields(item) if getattr(item, field.name) != field.default
    }
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in said.items()}


def _item(row: dict[str, Any]) -> PoolItem:
    kinds: dict[str, Any] = {
        "version_id": UUID,
        "item_id": UUID,
        "type": ItemType,
        "difficulty": Difficulty,
        "importance": Importance,
        "enemies": lambda ids: frozenset(map(UUID, ids)),
        "last_used": datetime.fromisoformat,
    }
    return PoolItem(**{name: kinds[name](value) if name in kinds else value for name, value in row.items()})

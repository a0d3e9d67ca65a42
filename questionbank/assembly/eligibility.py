"""Which items of a pool a draw may use: cool-down, a limit of uses, what was seen, a reserve that is never touched."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from questionbank.assembly.pool import PoolItem, in_order

PERCENT = 100


class Withheld(StrEnum):
    """Why an item stands back."""

    COOLING = "COOLING"
    OVERUSED = "OVERUSED"
    RESERVED = "RESERVED"
    SEEN = "SEEN"


@dataclass(frozen=True)
class Policy:
    """`cooldown_days` since an item was last used, `most_uses` in papers, `reserve_percent` kept unused.

    `seen` are versions that candidates of a re-sit 补考 have answered before.
    """

    cooldown_days: int = 0
    most_uses: int | None = None
    reserve_percent: int = 0
    seen: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Eligible:
    """The items that may be drawn, in the order of draws, and why the others may not."""

    items: tuple[PoolItem, ...]
    withheld: dict[PoolItem, Withheld]


def eligible(pool: Sequence[PoolItem], policy: Policy, now: datetime) -> Eligible:
    """Return the items that the policy lets a draw use at this moment."""
    reserved = reserve(pool, policy.reserve_percent)
    withheld = {item: why for item in pool if (why := _why_not(item, policy, now, reserved))}
    return Eligible(tuple(item for item in in_order(pool) if item not in withheld), withheld)


def _why_not(item: PoolItem, policy: Policy, now: datetime, reserved: frozenset[PoolItem]) -> Withheld | None:
    if item in reserved:
        return Withheld.RESERVED
    if item.version_id in policy.seen:
        return Withheld.SEEN
    if policy.most_uses is not None and item.uses >= policy.most_uses:
        return Withheld.OVERUSED
    if item.last_used is not None and now - item.last_used < timedelta(days=policy.cooldown_days):
        return Withheld.COOLING
    return None


def reserve(pool: Sequence[PoolItem], percent: int) -> frozenset[PoolItem]:
    """Return the share of each kind (work task, type, difficulty) that is kept back, rounded down.

    Unused items come first, in an order of their own, so that every draw keeps back the same ones.
    """
    kinds = defaultdict(list)
    for item in pool:
        kinds[item.work_task, item.type, item.difficulty].append(item)
    return frozenset(
        item for kind in kinds.values() for item in sorted(kind, key=_rank)[: len(kind) * percent // PERCENT]
    )


def _rank(item: PoolItem) -> tuple[bool, str]:
    return item.uses > 0, hashlib.sha256(item.version_id.bytes).hexdigest()

"""What a draw must know of a bank's items beyond their wording: how often papers used them, what excludes what.

And what the policy of a blueprint keeps out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from questionbank.assembly.eligibility import Policy
from questionbank.assembly.reading import policy_of, seen_papers_of
from questionbank.likeness.enemies import pairs
from questionbank.models import Blueprint, ItemVersion, Paper, PaperItem


def uses(db: Session, bank_id: UUID) -> dict[UUID, tuple[int, datetime]]:
    """Return, by item, in how many papers it was in whatever version, and when last."""
    query = (
        select(ItemVersion.item_id, func.count(), func.max(Paper.created_at))
        .join(PaperItem, PaperItem.item_version_id == ItemVersion.id)
        .join(Paper, Paper.id == PaperItem.paper_id)
        .join(Blueprint, Blueprint.id == Paper.blueprint_id)
        .where(Blueprint.bank_id == bank_id)
        .group_by(ItemVersion.item_id)
    )
    return {item_id: (count, last) for item_id, count, last in db.execute(query)}


def enemies(db: Session, bank_id: UUID, versions: Sequence[ItemVersion]) -> dict[UUID, frozenset[UUID]]:
    """Return, by item of these versions, those of the versions that must not meet it."""
    of_item: dict[UUID, set[UUID]] = defaultdict(set)
    for version in versions:
        of_item[version.item_id].add(version.id)
    found: dict[UUID, frozenset[UUID]] = dict.fromkeys(of_item, frozenset())
    for pair in pairs(db, bank_id):
        if pair.item_id in found and pair.other_id in found:
            found[pair.item_id] |= of_item[pair.other_id]
            found[pair.other_id] |= of_item[pair.item_id]
    return found


def policy(db: Session, rules: Mapping[str, Any]) -> Policy:
    """Return the policy of a blueprint's rules with what its earlier papers asked."""
    papers = seen_papers_of(rules)
    return replace(policy_of(rules), seen=asked_in(db, papers) if papers else frozenset())


def asked_in(db: Session, paper_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return the item versions that these papers ask, and all others of the same items."""
    items = select(ItemVersion.item_id).join(PaperItem).where(PaperItem.paper_id.in_(paper_ids))
    return frozenset(db.scalars(select(ItemVersion.id).where(ItemVersion.item_id.in_(items))))

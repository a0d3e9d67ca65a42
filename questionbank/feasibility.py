"""Whether a blueprint can be drawn from a bank: supply and demand of every cell, and what stands in the way."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from questionbank import drawing
from questionbank.assembly.conflicts import conflict, loosenings
from questionbank.assembly.eligibility import eligible
from questionbank.assembly.pool import EXPECTED_SECONDS
from questionbank.assembly.reading import plan_of, policy_of
from questionbank.assembly.supply import supplies
from questionbank.assembly.telling import told
from questionbank.composing import versions_of


def feasibility(db: Session, bank_id: UUID, rules: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Return what the pool of this moment has for the rules, also while their points do not make 100 yet.

    `conflict` holds the smallest set of cells and rules that cannot hold together, `loosenings` about the least that
    would have to give way; both are empty when a paper can be drawn. Raises BadBlueprint, DrawUndecided.
    """
    found = eligible(drawing.pool(db, bank_id), policy_of(rules), now)
    versions = versions_of(found.items)
    plan = plan_of(rules, versions, whole=False)
    in_the_way = conflict(plan, found.items)
    items = {str(version): str(item) for item, version in versions.items()}
    return {
        "points": plan.points,
        "count": plan.count,
        "seconds": sum(cell.count * EXPECTED_SECONDS[cell.where.types[0]] for cell in plan.cells),
        "cells": supplies(plan, found.items),
        "withheld": Counter(found.withheld.values()),
        "conflict": [_by_items(told(part), items) for part in in_the_way],
        "loosenings": [
            {"rule": _by_items(told(one.rule), items), "by": one.by}
            for one in (loosenings(plan, found.items) if in_the_way else ())
        ],
    }


def _by_items(part: dict[str, Any], items: Mapping[str, str]) -> dict[str, Any]:
    """Name items, as the blueprint does, where the draw names versions."""
    if "item_ids" not in part:
        return part
    return {**part, "item_ids": [items.get(one, one) for one in part["item_ids"]]}

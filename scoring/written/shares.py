"""What share of a question's points each of many people earned where people mark."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from questionbank.content import needs_marking
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion
from scoring.written import valuing
from scoring.written.valuing import Marked

Asked = dict[str, tuple[UUID, int]]
"""Of a paper: the version and the points of each question by ref."""


def shares_of(
    versions: Mapping[UUID, ItemVersion],
    sat_by: Iterable[tuple[UUID, Asked]],
    answers: Mapping[UUID, Mapping[str, Any]],
    marked: Mapping[UUID, Mapping[str, Marked]],
) -> list[dict[UUID, Fraction | None]]:
    """Return for each person what was earned of the versions that people mark; None of what is not settled yet."""
    written = {key for key, one in versions.items() if needs_marking(ItemType(one.type), one.content)}
    return [
        {
            version_id: _share_of(
                versions[version_id], worth, answers.get(key, {}).get(ref), marked.get(key, {}).get(ref, {})
            )
            for ref, (version_id, worth) in asked.items()
            if version_id in written
        }
        for key, asked in sat_by
    ]


def _share_of(version: ItemVersion, points: int, answer: Any, marked: Marked) -> Fraction | None:
    worth = valuing.worth(ItemType(version.type), version.content, version.key, points, answer, marked)
    return worth.earned / points if worth else None

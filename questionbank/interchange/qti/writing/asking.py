"""A question as it is written, and what the writers of all types use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionbank.interchange.qti.writing.scoring import Scoring
from questionbank.interchange.xml import Element

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question as it is written. `rubrics` are for who marks, and stand in the body itself."""

    blocks: list[Element]
    declared: list[Element]
    scoring: Scoring
    rubrics: list[Element] = field(default_factory=list)


def media_of(content: Json) -> dict[str, Json]:
    """Return the content's media by digest."""
    return {entry["digest"]: entry for entry in content.get("media", [])}


def numbered(response: str, count: int) -> list[str]:
    """Return the names of so many responses."""
    return [response] if count == 1 else [f"{response}_{number}" for number in range(1, count + 1)]

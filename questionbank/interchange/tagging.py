"""What a format has no field for travels as a tag `name:value`, which Moodle keeps and a person can read. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from questionbank.interchange import percents
from questionbank.interchange.model import ReadItem
from questionbank.kinds import Difficulty, ItemType

DIFFICULTY, CODE, TYPE, SCORING, CASE, POINTS = "difficulty", "code", "type", "scoring", "case", "points"
UNIT, LENGTH, FIXED = "unit", "length", "fixed"
ALL = (DIFFICULTY, CODE, TYPE, SCORING, CASE, POINTS, UNIT, LENGTH, FIXED)
EXACT, SENSITIVE = "EXACT", "SENSITIVE"


@dataclass(frozen=True)
class Tagged:
    """The tags of one question: those that name a field of ours, and the others as they are."""

    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return the value of one of our fields, "" when no tag tells it."""
        return self.fields.get(name, "")

    @property
    def difficulty(self) -> Difficulty | None:
        told = self[DIFFICULTY]
        return Difficulty(told) if told in set(Difficulty) else None


def read(tags: Iterable[str]) -> Tagged:
    """Return the tags sorted into our fields and others."""
    fields: dict[str, str] = {}
    others: list[str] = []
    for tag in tags:
        name, colon, value = tag.partition(":")
        if colon and name in ALL:
            fields[name] = value
        else:
            others.append(tag)
    return Tagged(tuple(others), fields)


def write(item: ReadItem, fields: Collection[str]) -> list[str]:
    """Return the item's tags and one for each of the named fields that the item has."""
    told = _fields(item)
    return [*item.tags, *(f"{name}:{told[name]}" for name in ALL if name in fields and told[name])]


def _fields(item: ReadItem) -> dict[str, str]:
    content, key = item.content, item.key
    return {
        DIFFICULTY: item.difficulty.value if item.difficulty else "",
        CODE: item.code,
        TYPE: item.type.value,
        SCORING: EXACT if is_exact(item) else "",
        CASE: SENSITIVE if key.get("case_sensitive") else "",
        POINTS: item.points,
        UNIT: content.get("unit", ""),
        LENGTH: str(content.get("length", "")),
        FIXED: ",".join(content.get("fixed", [])),
    }


def is_exact(item: ReadItem) -> bool:
    """Return whether all or nothing is earned, where Moodle and GIFT give a part of the points for a part."""
    if item.type is ItemType.MATCHING:
        return bool(item.key.get("scoring") == EXACT)
    return item.type is ItemType.MULTIPLE_CHOICE and percents.is_exact(item.key)


def category(item: ReadItem) -> tuple[str, ...]:
    """Return the path under which the item is filed: its work task, then its knowledge point."""
    path = (item.work_task or "-", item.knowledge_point) if item.knowledge_point else (item.work_task,)
    return tuple(part for part in path if part)


def filed(path: list[str]) -> tuple[str, str]:
    """Return work task and knowledge point of a category's path."""
    if not path:
        return "", ""
    return "" if path[0] == "-" else path[0], "/".join(path[1:])

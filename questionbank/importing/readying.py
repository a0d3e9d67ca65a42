"""A read item made ready to be written: all that can be told without the bank's items."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from examsvc.core import canonical
from examsvc.core.errors import Refusal
from questionbank import content
from questionbank.authoring import Wording
from questionbank.content import MediaKind
from questionbank.errors import BadItem, BadMedium
from questionbank.importing import files
from questionbank.importing.files import Put
from questionbank.importing.placing import Places
from questionbank.interchange.model import ReadItem
from questionbank.kinds import Difficulty, ItemType
from questionbank.media.keeping import Stored

CODE_DIGITS = 12
MOST_OF_CODE, MOST_OF_EXTERNAL_ID = 40, 120
STEM_SHOWN = 120


@dataclass(frozen=True)
class Ready:
    """`fault` is the code of what keeps the item out; `wording` what would be written of one that comes in."""

    where: str
    type: ItemType
    stem: str
    code: str
    external_id: str
    fault: str = ""
    wording: Wording | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)
    media: tuple[Stored, ...] = ()

    @property
    def told(self) -> Wording:
        """What is written of an item without a fault."""
        if self.wording is None:
            raise ValueError(self.fault)
        return self.wording

    def as_json(self) -> dict[str, Any]:
        """Return the values of which `from_json` makes it again."""
        return asdict(self)


def from_json(said: dict[str, Any]) -> Ready:
    """Return what `as_json` told."""
    wording, media = said["wording"], [Stored(**{**one, "kind": MediaKind(one["kind"])}) for one in said["media"]]
    return Ready(
        **{**said, "type": ItemType(said["type"]), "media": tuple(media), "wording": wording and _worded(wording)}
    )


def _worded(said: dict[str, Any]) -> Wording:
    return Wording(
        **{
            **said,
            "type": ItemType(said["type"]),
            "difficulty": Difficulty(said["difficulty"]),
            "knowledge_point_id": UUID(said["knowledge_point_id"]),
        }
    )


def ready(item: ReadItem, where: Places, put: Put) -> Ready:
    """Return the item made ready, or with the fault that keeps it out; `put` is given the files that it shows."""
    try:
        return _placed(item, where, put)
    except (BadItem, BadMedium) as bad:
        return _refused(item, bad.extra["fault"])
    except Refusal as refused:
        return _refused(item, refused.code)


def _placed(item: ReadItem, where: Places, put: Put) -> Ready:
    if len(code_of(item)) > MOST_OF_CODE or len(item.external_id) > MOST_OF_EXTERNAL_ID:
        return _refused(item, "code_too_long")
    point = where.find(item.work_task, item.knowledge_point)
    if point is None:
        return _refused(item, "knowledge_point_unknown")
    kept = files.kept(item, put)
    return Ready(*_told(item), wording=_wording(item, kept, point), extras=item.extras, media=tuple(kept.values()))


def _refused(item: ReadItem, fault: str) -> Ready:
    return Ready(*_told(item), fault=fault)


def _told(item: ReadItem) -> tuple[str, ItemType, str, str, str]:
    stem = str(item.content.get("stem", ""))[:STEM_SHOWN]
    return item.where, item.type, stem, code_of(item), item.external_id


def code_of(item: ReadItem) -> str:
    """Return the code under which the item is known in the bank: its own, or one made from all that it says."""
    return item.code.strip() or f"I-{_digest(item)[:CODE_DIGITS]}"


def _digest(item: ReadItem) -> str:
    return canonical.digest({"type": item.type, "content": dict(item.content), "key": dict(item.key)})


def _wording(item: ReadItem, kept: Mapping[str, Stored], point: UUID) -> Wording:
    shown: Mapping[str, Any] = item.content
    if kept:
        shown = files.described(shown, kept)
        content.check_draft(item.type, shown, item.key)  # a picture may have another size than the file said
    shown, key = content.lettered_as_read(item.type, shown, item.key)
    return Wording(
        type=item.type,
        difficulty=item.difficulty or Difficulty.MEDIUM,
        knowledge_point_id=point,
        content=shown,
        key=key,
        explanation=item.explanation,
        tags=item.tags,
    )

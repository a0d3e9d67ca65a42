"""The manifest of a registered bank: canonical JSON of every item version with the digest of what it says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from examsvc.core import canonical


@dataclass(frozen=True)
class Entry:
    """An item version as the manifest names it."""

    code: str
    number: int
    version_id: UUID
    digest: str


def digest_of(code: str, content: Mapping[str, Any], key: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    """Return the digest of an item version: content, key with explanation, and metadata, each by its own digest."""
    parts = {"content": content, "key": key, "metadata": metadata}
    return canonical.digest({"code": code, **{name: canonical.digest(part) for name, part in parts.items()}})


def of(bank_id: UUID, specification_id: UUID, number: int, entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the manifest, its items by code."""
    items = sorted((asdict(entry) for entry in entries), key=lambda item: (item["code"], item["number"]))
    told = {"bank": bank_id, "specification": specification_id, "number": number, "items": items}
    plain: dict[str, Any] = canonical.plain(told)
    return plain

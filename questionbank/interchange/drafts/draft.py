"""An item as it was written: every part still a text, with the place where it stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionbank.interchange.model import Medium


class Fault(Exception):
    """Why a draft is no item: `field` is the part of the draft that is wrong, `code` is stable."""

    def __init__(self, code: str, field: str, detail: str):
        super().__init__(detail)
        self.code, self.field, self.detail = code, field, detail


@dataclass(frozen=True)
class Draft:
    """One item in texts. `options` are without their letters; `gaps` holds the options of each gap of an INLINE_CHOICE.

    `type` is the word that the file has for it, empty when the form must tell. `places` tells the place of a part by
    the name of its field, `option_media` the digest of an option's picture by the option's place from 0, `alts` what
    pictures show by their digests.
    """

    where: str
    stem: str
    type: str = ""
    options: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()
    answer: str = ""
    fixed: str = ""
    scoring: str = ""
    tolerance: str = ""
    unit: str = ""
    outline: str = ""
    length: str = ""
    explanation: str = ""
    code: str = ""
    external_id: str = ""
    difficulty: str = ""
    work_task: str = ""
    knowledge_point: str = ""
    tags: str = ""
    points: str = ""
    media: tuple[Medium, ...] = ()
    option_media: Mapping[int, str] = field(default_factory=dict)
    alts: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["Draft", ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, part: str) -> str:
        """Return where the part stands, or where the draft does."""
        return self.places.get(part, self.where)

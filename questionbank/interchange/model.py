"""What a reader yields and a writer takes. What a file holds is read, kept as source or named: nothing is dropped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from questionbank.kinds import Difficulty, ItemType


class Format(StrEnum):
    QTI12 = "qti12"
    QTI21 = "qti21"
    QTI22 = "qti22"
    QTI3 = "qti3"
    MOODLE_XML = "moodlexml"
    GIFT = "gift"
    AIKEN = "aiken"
    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"
    TEXT = "text"


class Level(StrEnum):
    WARNING = "warning"
    ERROR = "error"


class Refused(Exception):
    """The file as a whole is refused; `code` is stable, `detail` says what was met where."""

    def __init__(self, code: str, detail: str):
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Medium:
    """A picture, sound or film that an item names by `digest`, its SHA-256 in hexadecimal."""

    digest: str
    media_type: str
    data: bytes = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class ReadItem:
    """An item as read. `where` is its place in the file; content and key have the shapes of `ItemVersion`.

    `points` is what the file says it is worth, a decimal in a text; `extras` what has no place elsewhere.
    """

    where: str
    type: ItemType
    content: Mapping[str, Any]
    key: Mapping[str, Any] = field(repr=False)
    explanation: str = ""
    code: str = ""
    external_id: str = ""
    difficulty: Difficulty | None = None
    work_task: str = ""
    knowledge_point: str = ""
    tags: tuple[str, ...] = ()
    points: str = ""
    media: tuple[Medium, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unsupported:
    """What cannot be modelled, with its source as it stood in the file."""

    where: str
    kind: str
    detail: str
    source: str = field(repr=False)


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place: a warning lets the item in, an error keeps it out."""

    where: str
    level: Level
    code: str
    detail: str


Event = ReadItem | Unsupported | Problem


@dataclass(frozen=True)
class Reading:
    """A file being read; the events can be walked once."""

    format: Format
    events: Iterator[Event]

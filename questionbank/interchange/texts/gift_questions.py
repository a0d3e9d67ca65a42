"""What the readers of GIFT's answers share: the question around an answer, and an answer that was read."""

import re
from dataclasses import dataclass, field
from typing import Any

from questionbank.interchange import markups
from questionbank.interchange.gathering import Gathering
from questionbank.interchange.tagging import Tagged
from questionbank.interchange.texts import gift_lexing
from questionbank.kinds import ItemType

FORMATS = {"html": markups.HTML, "plain": markups.PLAIN, "markdown": markups.MARKDOWN, "moodle": markups.AUTO}
MARKED = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)


@dataclass
class Body:
    """An answer that was read: what content and key hold beside the stem."""

    type: ItemType
    content: dict[str, Any]
    key: dict[str, Any]
    feedback: list[str] = field(default_factory=list)
    fills_stem: bool = False


@dataclass
class Question:
    """What the readers of answers need to know: the text's format, the tags, the item's gathering."""

    gathering: Gathering
    format: str
    tagged: Tagged

    def fragment(self, hidden: str) -> str:
        """Return the text as HTML in the format that it, or else the whole question, names."""
        marked = MARKED.match(hidden)
        told = FORMATS[marked[1].lower()] if marked else self.format
        return markups.fragment(self.gathering, gift_lexing.show(hidden[marked.end() :] if marked else hidden), told)

    def text(self, hidden: str) -> str:
        return self.gathering.text(self.fragment(hidden))

    def aside(self, hidden: str) -> str:
        return self.gathering.aside(self.fragment(hidden))


def told(texts: list[str]) -> list[str]:
    """Return the feedback, choice by choice; nothing when there is none at all."""
    shown = [gift_lexing.show(text).strip() for text in texts]
    return shown if any(shown) else []

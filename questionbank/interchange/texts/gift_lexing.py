"""A GIFT file as blocks of lines, and the escapes within them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from questionbank.interchange.model import Refused

_MOST_LETTERS = 1_000_000
_SPECIAL = "\\:#={}~"
# While a question is taken apart its escaped signs are code points that no text may hold.
_HIDDEN = {sign: chr(0xFDD0 + index) for index, sign in enumerate(_SPECIAL)}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_CATEGORY = re.compile(r"\$CATEGORY:[ \t]*(.*)", re.IGNORECASE)
_NOTE = re.compile(r"\[(id|tag):[ \t]*((?:\\\]|[^\]\x00-\x1f])*?)[ \t]*\]")
_SPLIT = re.compile(r"(?<!/)/(?!/)")
_CONTEXT, _TOP = re.compile(r"\$\w+\$"), re.compile("top|", re.IGNORECASE)


@dataclass
class Block:
    """The lines of one question with what the comments above it tell. `line` counts from 1."""

    line: int
    category: list[str]
    lines: list[str] = field(default_factory=list)
    external_id: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The question with its escaped signs hidden."""
        return hide("\n".join(self.lines))


def blocks(file: TextIO) -> Iterator[Block]:
    """Yield the questions, which empty lines part; raises Refused (`question_too_long`)."""
    block = Block(1, [])
    letters = 0
    for number, line in enumerate(_lines(file), start=1):
        letters += len(line)
        if letters > _MOST_LETTERS:
            raise Refused("question_too_long", f"line {number}: a question of more than {_MOST_LETTERS} letters")
        if not line.strip():
            if block.lines:
                yield block
            block, letters = Block(number + 1, block.category), 0
        else:
            _take(block, line.rstrip("\n"), number)
    if block.lines:
        yield block


def hide(text: str) -> str:
    """Return the text with each escaped sign as a code point of its own, so that bare signs can be looked for."""
    return _ESCAPE.sub(lambda met: "\n" if met[1] == "n" else _HIDDEN[met[1]], text)


def show(text: str) -> str:
    """Return hidden signs as themselves."""
    return text.translate(_SHOWN)


def escape(text: str) -> str:
    """Return the text so that no sign of it means anything, on one line."""
    return re.sub(r"[\\:#={}~]", lambda met: f"\\{met[0]}", text).replace("\n", "\\n")


def path_of(category: str) -> list[str]:
    """Return a category's path without the roots that every Moodle has; `//` is a slash within a name."""
    parts = [part.strip().replace("//", "/") for part in _SPLIT.split(category)]
    for root in (_CONTEXT, _TOP):
        if parts and root.fullmatch(parts[0]):
            parts.pop(0)
    return parts


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_MOST_LETTERS + 1):
        yield line


def _take(block: Block, line: str, number: int) -> None:
    if line.lstrip().startswith("//"):
        for kind, value in _NOTE.findall(line):
            _note(block, kind, value.replace("\\]", "]"))
    elif told := _CATEGORY.match(line.strip()):
        block.category = path_of(told[1])
    else:
        if not block.lines:
            block.line = number
        block.lines.append(line)


def _note(block: Block, kind: str, value: str) -> None:
    if kind == "id":
        block.external_id = value
    else:
        block.tags.append(value)

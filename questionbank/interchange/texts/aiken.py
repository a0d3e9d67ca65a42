"""Aiken: single choices of one line each, lettered options, and ANSWER with a letter."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from questionbank.interchange import decoding, lettering
from questionbank.interchange.gathering import Unreadable
from questionbank.interchange.model import Event, Level, Problem, ReadItem, Refused
from questionbank.kinds import ItemType

_OPTION = re.compile(r"\s*([A-Z])[.)][ \t]+(.*)")
_ANSWER = re.compile(r"\s*ANSWER[ \t]*[:：][ \t]*([A-Z])\s*$", re.IGNORECASE)
_MOST_LETTERS = 100_000


class _Draft:
    """The lines of a question up to its answer."""

    def __init__(self, line: int):
        self.line = line
        self.stem: list[str] = []
        self.options: dict[str, str] = {}
        self.twice = False

    def take(self, line: str) -> None:
        """Add a line: an option, a line of the stem, or more of the last option."""
        if option := _OPTION.fullmatch(line):
            self.twice |= option[1] in self.options
            self.options[option[1]] = option[2].strip()
        elif self.options:
            last = next(reversed(self.options))
            self.options[last] = f"{self.options[last]}\n{line.strip()}".strip()
        else:
            self.stem.append(line.strip())

    @property
    def where(self) -> str:
        return f"line {self.line}"

    def item(self, answer: str) -> ReadItem:
        """Return the question; raises Unreadable when its letters do not fit."""
        ids = {name: lettering.letter(place) for place, name in enumerate(self.options)}
        if self.twice:
            raise Unreadable("option_letter_twice", f"a letter is given twice: {', '.join(self.options)}")
        if answer not in ids:
            raise Unreadable("answer_unknown", f"there is no option {answer}")
        options = [{"id": ids[name], "text": text} for name, text in self.options.items()]
        content = {"stem": "\n".join(self.stem), "options": options}
        return ReadItem(self.where, ItemType.SINGLE_CHOICE, content, {"right": [ids[answer]]})


def read(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the file holds; raises Refused when it is no text or a question never ends."""
    with decoding.opened(path) as file:
        yield from _events(file)


def _events(file: TextIO) -> Iterator[Event]:
    draft: _Draft | None = None
    letters = 0
    for number, line in enumerate(iter(lambda: file.readline(_MOST_LETTERS + 1), ""), start=1):
        letters += len(line)
        if letters > _MOST_LETTERS:
            raise Refused("question_too_long", f"line {number}: a question of more than {_MOST_LETTERS} letters")
        if answer := _ANSWER.match(line):
            yield _event(draft or _Draft(number), answer[1].upper())
            draft, letters = None, 0
        elif line.strip():
            draft = draft or _Draft(number)
            draft.take(line.rstrip("\n"))
    if draft:
        yield Problem(draft.where, Level.ERROR, "answer_missing", "the question has no line ANSWER:")


def _event(draft: _Draft, answer: str) -> Event:
    try:
        return draft.item(answer)
    except Unreadable as fault:
        return Problem(draft.where, Level.ERROR, fault.code, fault.detail)


def write(items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write the single choices and yield what Aiken cannot carry: everything but one-line texts and the letter."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for item in items:
            yield from _losses(item)
            if item.type is ItemType.SINGLE_CHOICE:
                file.write(_question(item))


def _losses(item: ReadItem) -> Iterator[Problem]:
    if item.type is not ItemType.SINGLE_CHOICE:
        yield Problem(item.where, Level.ERROR, "type_not_carried", f"Aiken has no {item.type}")
        return
    texts = [item.content["stem"], *(option["text"] for option in item.content["options"])]
    if any("\n" in text for text in texts):
        yield Problem(item.where, Level.WARNING, "line_breaks_dropped", "Aiken has one line for each text")
    told = {
        "explanation": item.explanation,
        "external_id": item.external_id,
        "code": item.code,
        "difficulty": item.difficulty,
        "work_task": item.work_task,
        "knowledge_point": item.knowledge_point,
        "tags": item.tags,
        "points": item.points,
        "media": item.media,
        "fixed": item.content.get("fixed"),
        "extras": item.extras,
    }
    if lost := [name for name, value in told.items() if value]:
        yield Problem(item.where, Level.WARNING, "fields_not_carried", ", ".join(lost))


def _question(item: ReadItem) -> str:
    options = item.content["options"]
    names = [lettering.letter(place).upper() for place in range(len(options))]
    lines = [f"{name}. {_line(option['text'])}" for name, option in zip(names, options, strict=True)]
    right = next(name for name, option in zip(names, options, strict=True) if option["id"] in item.key["right"])
    return "\n".join([_line(item.content["stem"]), *lines, f"ANSWER: {right}", "", ""])


def _line(text: str) -> str:
    return " ".join(text.split("\n"))

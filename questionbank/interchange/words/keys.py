"""Answers that stand together at the end of a paper: 1.B 2.C, 1-5 ABCDA, or one a line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from questionbank.interchange.words import marks
from questionbank.interchange.words.gathered import ANSWER
from questionbank.interchange.words.lines import Line

_HEADING = re.compile(r"(?:参考|标准)?答案\s*(?P<more>[与及和、]\s*(?:解析|评分标准|评分参考))?\s*(?P<colon>[:：])?")
_MARK = "[A-J]+|[√✓×✗对错]|正确|错误"
_ONE = re.compile(rf"\s*(?P<number>\d{{1,4}})\s*[.．、:：)）]?\s*(?P<answer>{_MARK})(?![A-Za-z\w])\s*[,，;；]?")
_SPAN = re.compile(
    r"\s*(?P<first>\d{1,4})\s*[-~～—–至]\s*(?P<last>\d{1,4})\s*[.．、:：)）]?\s*(?P<answers>(?:[A-J√✓×✗对错]\s*)+)"
)


def is_heading(text: str, following: str) -> bool:
    """Whether the line says that the answers of all items follow.

    With a colon it may be one item's label: then the line after it must be a section or a list of marks.
    """
    found = _HEADING.fullmatch(text.strip())
    if not found or not found["colon"] or found["more"]:
        return found is not None
    return bool(marks.section(following) or _headed(following) or _whole(_SPAN, following) or _whole(_ONE, following))


@dataclass
class Keys:
    """Fields of items (answer, explanation, …) by the word of their section and their number.

    `passed` are the lines that belong to none.
    """

    fields: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    passed: list[Line] = field(default_factory=list)

    def find(self, word: str, number: int) -> dict[str, str]:
        """Return the fields told of the item, of a paper without sections those of no section."""
        return self.fields.get((word, number)) or self.fields.get(("", number)) or {}


def read(lines: Iterable[Line]) -> Keys:
    """Return what the lines after the heading tell."""
    reader = _Reader()
    for line in lines:
        reader.take(line)
    return reader.keys


class _Reader:
    def __init__(self) -> None:
        self.keys = Keys()
        self._word = ""
        self._item: dict[str, str] | None = None
        self._field = ANSWER

    def take(self, line: Line) -> None:
        section = marks.section(line.text)
        headed = None if section else _headed(line.text)
        if section or headed:
            self._word, self._item = (section or headed).type, None  # type: ignore[union-attr]  # one of them is there
        text = headed.rest if headed else "" if section else line.text.strip()
        if text:
            self._tell(text, line)

    def _tell(self, text: str, line: Line) -> None:
        before, labelled = marks.labelled(text)
        for number, answer in _told(before):
            self._item = self.keys.fields.setdefault((self._word, number), {})
            self._item[ANSWER], self._field, before = answer, ANSWER, ""
        if self._item is None:
            self.keys.passed.append(line)
            return
        for name, said in ([(self._field, before)] if before else []) + labelled:
            self._item[name], self._field = "\n".join(filter(None, (self._item.get(name), said))), name


@dataclass(frozen=True)
class _Headed:
    type: str
    rest: str


def _headed(text: str) -> _Headed | None:
    """Return the section and the answers of a line such as 一、单选题：1.B 2.C."""
    head, mark, rest = text.strip().partition("：" if "：" in text else ":")
    section = marks.section(head) if mark else None
    return _Headed(section.type, rest) if section else None


def _told(text: str) -> Iterator[tuple[int, str]]:
    if spans := _whole(_SPAN, text):
        for span in spans:
            yield from enumerate(re.sub(r"\s", "", span["answers"]), start=int(span["first"]))
    elif ones := _whole(_ONE, text):
        for one in ones:
            yield int(one["number"]), one["answer"]
    elif start := marks.start(text):
        yield start.number, start.rest


def _whole(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the matches when they make up the whole text."""
    found, end = [], 0
    while (one := pattern.match(text, end)) and one.end() > end:
        found.append(one)
        end = one.end()
    return found if found and not text[end:].strip() else []

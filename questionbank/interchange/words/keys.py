"""Answers that stand together at the end of a paper: 1.B 2.C, 1-5 ABCDA, or one a line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from questionbank.interchange.words import marks
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
    """The answers by the word of their section and their number; `passed` are the lines that are none."""

    answers: dict[tuple[str, int], str] = field(default_factory=dict)
    passed: list[Line] = field(default_factory=list)

    def find(self, word: str, number: int) -> str:
        """Return the answer, of a paper without sections one of no section; empty when there is none."""
        return self.answers.get((word, number), "") or self.answers.get(("", number), "")


def read(lines: Iterable[Line]) -> Keys:
    """Return the answers in the lines after the heading."""
    keys, word, last = Keys(), "", None
    for line in lines:
        section = marks.section(line.text) or _headed(line.text)
        if section:
            word, last = section.type, None
        found = list(_told(section.rest if isinstance(section, _Headed) else "" if section else line.text))
        for number, answer in found:
            last = (word, number)
            keys.answers[last] = answer
        if not found and not section and line.text.strip():
            _go_on(keys, last, line)
    return keys


def _go_on(keys: Keys, last: tuple[str, int] | None, line: Line) -> None:
    if last is None:
        keys.passed.append(line)
    else:
        keys.answers[last] += f"\n{line.text.strip()}"


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

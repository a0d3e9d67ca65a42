"""Lines become items: sections, numbers, options and labels tell where each begins and what belongs to it."""

import re
from collections.abc import Iterable, Iterator

from questionbank.interchange.drafts import words
from questionbank.interchange.model import Level, Problem
from questionbank.interchange.words import marks, options
from questionbank.interchange.words.gathered import ANSWER, CASE_STYLE, OPTION, STEM, Gathered
from questionbank.interchange.words.lines import Line
from questionbank.interchange.words.marks import Section, Start
from questionbank.kinds import ItemType

_RULED = re.compile(r"[_＿\s]{20,}")  # lines to write on carry nothing
Yielded = Iterator[Gathered | Problem]


def gathered(lines: Iterable[Line]) -> Yielded:
    """Yield the items as their lines end, and a warning for every line that belongs to none."""
    reader = _Reader()
    for line in lines:
        yield from reader.take(line)
    yield from reader.end()


class _Reader:
    def __init__(self) -> None:
        self._section: Section | None = None
        self._style = ""
        self._item: Gathered | None = None
        self._after_blank = False

    @property
    def _leaf(self) -> Gathered | None:
        return self._item.parts[-1] if self._item and self._item.parts else self._item

    @property
    def _in_cases(self) -> bool:
        return self._section is not None and words.item_type(self._section.type) is ItemType.COMPOSITE

    def take(self, line: Line) -> Yielded:
        texts = [text.strip() for text in line.text.split("\n") if text.strip() and not _RULED.fullmatch(text)]
        for text in texts:
            yield from self._take(text, line)
        if self._leaf:
            self._leaf.show(line)
        self._after_blank = not texts and not line.media

    def end(self) -> Yielded:
        """Yield the item that was being gathered."""
        item, self._item = self._item, None
        if item and item.is_bare:
            yield Problem(
                item.line.where, Level.WARNING, "text_passed", f"不属于任何试题:{item.text(STEM)[:80]} / of no item"
            )
        elif item:
            yield item

    def _take(self, text: str, line: Line) -> Yielded:
        section = marks.section(text)
        if section:
            yield from self.end()
            self._section, self._style = section, ""
            return
        before, fields = marks.labelled(text)
        if before:
            yield from self._plain(before, line)
        for name, said in fields:
            self._label(name, said, line)

    def _label(self, name: str, said: str, line: Line) -> None:
        leaf = self._leaf or self._begin(Gathered(line, section=self._section))
        leaf.add(name, said, line)
        first = marks.start(said)
        leaf.listed = first.number if first and first.number == 1 else 0

    def _plain(self, text: str, line: Line) -> Yielded:
        leaf = self._leaf
        found = options.split(text, leaf.next_letter) if leaf and leaf.next_letter else []
        if leaf and found:
            for _, option in found:
                leaf.add_option(option, line)
            return
        if self._in_cases:
            yield from self._in_case(text, line)
            return
        start = marks.start(text)
        if start and self._begins_item(start):
            yield from self.end()
            self._style = start.style
            self._begin(Gathered(line, start.style, start.number, self._section)).add(STEM, start.rest, line)
        else:
            yield from self._go_on(text, start, line)

    def _go_on(self, text: str, start: Start | None, line: Line) -> Yielded:
        leaf = self._leaf
        if leaf and not leaf.style and leaf.last not in (STEM, OPTION) and self._after_blank:
            yield from self.end()  # without numbers, a blank line after the answer parts items
            leaf = None
        if not leaf:
            leaf = self._begin(Gathered(line, section=self._section))
        if start and start.number == leaf.listed + 1:
            if start.style == self._style and start.number == leaf.number + 1:
                detail = "编号可能是下一题,也可能是列表;按列表读入 / it may be the next item; read as a list"
                leaf.problems.append(Problem(line.where, Level.WARNING, "numbering_ambiguous", detail))
            leaf.listed = start.number
        leaf.add(leaf.last, text, line)

    def _begin(self, item: Gathered) -> Gathered:
        self._item = item
        return item

    def _begins_item(self, start: Start) -> bool:
        """Whether the number is an item's, not one of a list within the item before."""
        item = self._item
        if start.style not in ("dot", "bracket") or (self._style and start.style != self._style):
            return False
        if item is None or not item.style:
            return True
        if item.listed and start.number == item.listed + 1:
            return False
        has_ended = bool(item.options or item.fields.get(ANSWER)) and item.last in (STEM, OPTION)
        return start.number > item.number or (start.number == 1 and has_ended)

    def _in_case(self, text: str, line: Line) -> Yielded:
        case, start = self._item, marks.start(text)
        rest = marks.case(text)
        if rest is not None or (start and self._begins_case(start)):
            yield from self.end()
            style, number = (start.style, start.number) if start and rest is None else (CASE_STYLE, 0)
            opened = self._begin(Gathered(line, style, number, self._section, is_case=True))
            opened.add(STEM, rest if rest is not None else start.rest if start else "", line)
        elif case and start and start.style != case.style and start.number == len(case.parts) + 1:
            part = Gathered(line, start.style, start.number)
            case.parts.append(part)
            part.add(STEM, start.rest, line)
        elif case is None:
            self._begin(Gathered(line, CASE_STYLE, 0, self._section, is_case=True)).add(STEM, text, line)
        else:
            yield from self._go_on(text, start, line)

    def _begins_case(self, start: Start) -> bool:
        case = self._item
        if case is None:
            return start.style == "dot"
        return start.style == case.style and start.number == case.number + 1

"""Moodle's texts with `[[1]]`, where a word of a group is chosen or dragged in."""

import re
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange import lettering, xml
from questionbank.interchange.gathering import Unreadable
from questionbank.interchange.moodle.question import Answer, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_GAP = re.compile(r"\[\[(\d{1,3})\]\]")


def gapselect(question: Question) -> Answer:
    """Each gap offers all words of its right word's group."""
    return _read(question, question.answers("selectoption"))


def ddwtos(question: Question) -> Answer:
    """Words to drag; one that may be used once only is offered in every gap all the same."""
    return _read(question, question.answers("dragbox"))


def _read(question: Question, boxes: list[Element]) -> Answer:
    rights = [int(number) - 1 for number in _GAP.findall(question.stem)]
    if any(not 0 <= right < len(boxes) for right in rights):
        raise Unreadable("gap_unanswered", "a gap names a word that is not there")
    words = [(xml.child_text(box, "group") or "1", question.gathering.text(question.fragment(box))) for box in boxes]
    gaps, names = zip(*(_gap(words, right) for right in rights), strict=True) if rights else ((), ())
    blanked = _GAP.sub(BLANK, question.stem)
    return Answer(ItemType.INLINE_CHOICE, {"gaps": list(gaps)}, {"gaps": list(names)}, blanked)


def _gap(words: list[tuple[str, str]], right: int) -> tuple[list[dict[str, Any]], str]:
    """Return the options of one gap and the name of the right one."""
    group, text = words[right]
    offered = list(dict.fromkeys(word for its_group, word in words if its_group == group))
    options = [{"id": lettering.letter(place), "text": word} for place, word in enumerate(offered)]
    return options, options[offered.index(text)]["id"]

"""Going through a paper without going back: one question after another, or one section after another. Pure.

Where the candidate is follows from the log itself: every line, also one without an answer, says that its question was
reached. The page writes such a line when it goes on, in the same journal as the answers, so that it works offline
and cannot be lost apart from them. A line about a question that was left is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from examsvc.delivery.errors import QuestionLeft


class Line(Protocol):
    """A line of the journal, as far as it matters here."""

    @property
    def seq(self) -> int: ...
    @property
    def item_ref(self) -> str: ...


def sections(kinds: Mapping[str, str]) -> list[list[str]]:
    """Return the refs of each section: those of one type that follow one another, in the candidate's order."""
    return [list(refs) for _, refs in groupby(kinds, key=lambda ref: kinds[ref])]


def reached(together: Sequence[Sequence[str]], before: int, lines: Iterable[Line]) -> int:
    """Return the place in the candidate's order, counted from 0, that is reached after the new lines.

    `together` are refs in that order, in groups that one goes freely within; `before` is the place reached until now,
    and the lines are in their order. Raises QuestionLeft for the first one about a question of a group that was left.
    """
    places = {ref: place for place, ref in enumerate(ref for refs in together for ref in refs)}
    begins = [places[refs[0]] for refs in together for _ in refs]
    for line in lines:
        place = places[line.item_ref]
        if place < begins[before]:
            raise QuestionLeft(item_ref=line.item_ref, seq=line.seq)
        before = max(before, place)
    return before

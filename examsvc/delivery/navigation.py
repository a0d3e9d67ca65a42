"""Going through a paper one question after another, without going back. Pure.

Where the candidate is follows from the log itself: every line, also one without an answer, says that its question was
reached. The page writes such a line when it goes on, in the same journal as the answers, so that it works offline
and cannot be lost apart from them. A line about a question before the furthest one that was reached is refused.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from examsvc.delivery.errors import QuestionLeft


class Line(Protocol):
    """A line of the journal, as far as it matters here."""

    @property
    def seq(self) -> int: ...
    @property
    def item_ref(self) -> str: ...


def reached(arrangement: Iterable[Mapping[str, Any]], before: int, lines: Iterable[Line]) -> int:
    """Return the place in the candidate's order, counted from 0, that is reached after the new lines.

    `before` is the place reached until now, and the lines are in their order. Raises QuestionLeft for the first one
    about a question that was left.
    """
    places = {place["ref"]: number for number, place in enumerate(arrangement)}
    for line in lines:
        if places[line.item_ref] < before:
            raise QuestionLeft(item_ref=line.item_ref, seq=line.seq)
        before = places[line.item_ref]
    return before

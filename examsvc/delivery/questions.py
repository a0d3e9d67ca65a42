"""A question as a candidate may see it, and how questions are laid out. Pure; nothing here holds a key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from questionbank.kinds import ItemType


@dataclass(frozen=True)
class Question:
    """A question as shown; `options` are (id, text), `points` hundredths, `fixed` the options that keep their place."""

    ref: str
    type: ItemType
    points: int = 0
    stem: str = ""
    options: tuple[tuple[str, str], ...] = ()
    fixed: tuple[str, ...] = ()
    blanks: int | None = None
    unit: str | None = None

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option_id for option_id, _ in self.options)


PaperForm = dict[str, Question]


def laid_out(form: PaperForm, arrangement: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the sections with their questions in the arranged order, numbered through."""
    shown = [(number, form[place["ref"]], place["options"]) for number, place in enumerate(arrangement, start=1)]
    return [
        {"type": kind, "questions": [_shown(*one) for one in section]}
        for kind, section in groupby(shown, key=lambda one: one[1].type)
    ]


def _shown(number: int, question: Question, option_ids: Iterable[str]) -> dict[str, Any]:
    texts = dict(question.options)
    return {
        "ref": question.ref,
        "number": number,
        "stem": question.stem,
        "points": question.points,
        "options": [{"id": option_id, "text": texts[option_id]} for option_id in option_ids] or None,
        "blanks": question.blanks,
        "unit": question.unit,
    }

"""A candidate's own order of questions and options: pure, made once, stored, never made again."""

import random
from collections.abc import Iterable, Sequence
from typing import Any

from examsvc.delivery.questions import Question
from questionbank.kinds import ItemType


def arrange(questions: Iterable[Question], seed: str) -> list[dict[str, Any]]:
    """Return a place for each question: sections in the order of ItemType, all else shuffled within.

    A place is {"ref", "options": [ids]}, with "matches": [ids], "gaps": [[ids], …] and "parts": [places] where the
    question has them. Fixed options keep their place (以上都是), so do the left side of a matching and a composite's
    parts.
    """
    rng = random.Random(seed)  # noqa: S311 (an order, not a secret)
    sections: dict[ItemType, list[Question]] = {kind: [] for kind in ItemType}
    for question in questions:
        sections[question.type].append(question)
    arranged = []
    for section in sections.values():
        rng.shuffle(section)
        arranged += [_place(question, rng) for question in section]
    return arranged


def _place(question: Question, rng: random.Random) -> dict[str, Any]:
    place: dict[str, Any] = {"ref": question.ref, "options": _options(question, rng)}
    if question.matches:
        place["matches"] = _shuffled(question.match_ids, rng)
    if question.gaps:
        place["gaps"] = [_shuffled(ids, rng) for ids in question.gap_ids]
    if question.parts:
        place["parts"] = [_place(part, rng) for part in question.parts]
    return place


def _options(question: Question, rng: random.Random) -> list[str]:
    if question.type == ItemType.MATCHING:
        return list(question.option_ids)
    loose = _shuffled([option for option in question.option_ids if option not in question.fixed], rng)
    return [option if option in question.fixed else loose.pop() for option in question.option_ids]


def _shuffled(ids: Sequence[str], rng: random.Random) -> list[str]:
    shuffled = list(ids)
    rng.shuffle(shuffled)
    return shuffled

"""The order of a paper's questions and options: pure, made once for each candidate, stored, never made again."""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from examsvc.delivery.questions import Question
from questionbank.assembly.ordering import CATCH_ALL
from questionbank.kinds import ItemType

Places = list[dict[str, Any]]


@dataclass(frozen=True)
class Shuffling:
    """What is shuffled for each candidate; the rest stands as the paper has it, the same for all."""

    questions: bool = True
    options: bool = True


AS_DRAWN = Shuffling(questions=False, options=False)


def arranged(questions: Iterable[Question], shuffling: Shuffling, *, paper_seed: str, own_seed: str) -> Places:
    """Return a place for each question, by the paper's order where the candidate's own is not asked for.

    A place is {"ref", "options": [ids]}, with "matches": [ids], "gaps": [[ids], …] and "parts": [places] where the
    question has them.
    """
    form = list(questions)
    drawn, own = as_drawn(form, paper_seed), arrange(form, own_seed)
    places = {place["ref"]: place for place in (own if shuffling.options else drawn)}
    return [places[place["ref"]] for place in (own if shuffling.questions else drawn)]


def digest(places: Places) -> str:
    """Return the digest of the canonical JSON of the places.

    They are texts alone and names in ASCII: of such the sorted form is the canonical one, and it is made ten times
    as fast. Thousands are dealt their order at once.
    """
    text = json.dumps(places, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_drawn(questions: Iterable[Question], seed: str) -> Places:
    """Return the places of the paper itself: its order of questions, and of options where it has one.

    What a paper has no order for (steps to order, what is matched, gaps, parts) is shuffled by the seed: the order of
    the content could tell keys.
    """
    rng = random.Random(seed)  # noqa: S311 (an order, not a secret)
    return [
        {**_place(question, rng), **({"options": list(question.option_ids)} if question.is_ordered else {})}
        for section in _sections(questions)
        for question in section
    ]


def arrange(questions: Iterable[Question], seed: str) -> Places:
    """Return the places with sections in the order of ItemType, all else shuffled within.

    Fixed options keep their place, and so do those like 以上都是, the left side of a matching and a composite's parts.
    """
    rng = random.Random(seed)  # noqa: S311 (likewise)
    places = []
    for section in _sections(questions):
        rng.shuffle(section)
        places += [_place(question, rng) for question in section]
    return places


def _sections(questions: Iterable[Question]) -> list[list[Question]]:
    sections: dict[ItemType, list[Question]] = {kind: [] for kind in ItemType}
    for question in questions:
        sections[question.type].append(question)
    return list(sections.values())


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
    kept = _kept(question)
    loose = _shuffled([option for option in question.option_ids if option not in kept], rng)
    return [option if option in kept else loose.pop() for option in question.option_ids]


def _kept(question: Question) -> set[str]:
    """Return the options that are not moved; one like 以上都是 is last in a paper's order, and stays there."""
    if not question.is_ordered:
        return set(question.fixed)
    return {*question.fixed, *(option.id for option in question.options if CATCH_ALL.match(option.text.strip()))}


def _shuffled(ids: Sequence[str], rng: random.Random) -> list[str]:
    shuffled = list(ids)
    rng.shuffle(shuffled)
    return shuffled

"""A candidate's own order of questions and options: pure, made once, stored, never made again."""

import random
from collections.abc import Iterable
from typing import Any

from examsvc.delivery.questions import Question
from questionbank.kinds import ItemType


def arrange(questions: Iterable[Question], seed: str) -> list[dict[str, Any]]:
    """Return [{"ref", "options"}]: sections in the order of ItemType, questions and options shuffled within.

    Fixed options keep their place (以上都是).
    """
    rng = random.Random(seed)  # noqa: S311 (an order, not a secret)
    sections: dict[ItemType, list[Question]] = {kind: [] for kind in ItemType}
    for question in questions:
        sections[question.type].append(question)
    arranged = []
    for section in sections.values():
        rng.shuffle(section)
        arranged += [{"ref": question.ref, "options": _options(question, rng)} for question in section]
    return arranged


def _options(question: Question, rng: random.Random) -> list[str]:
    loose = [option for option in question.option_ids if option not in question.fixed]
    rng.shuffle(loose)
    return [option if option in question.fixed else loose.pop() for option in question.option_ids]

"""The order in which a paper shows its questions and their options: made once from the seed and stored.

The right answers of single choices stand at A, B, C and D about equally often, without long runs; a fixed option keeps
its place, and one like 以上都是 is last.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionbank.assembly.model import Form
from questionbank.kinds import ItemType

MOST_AHEAD = 1  # by how many a position may lead the rarest when it is given again
LONGEST_RUN = 3
CATCH_ALL = re.compile(
    r"^\W*((以上|上述)\S{0,6}?(都|均|皆|全)?(是|对|正确|不是|不对|不正确|错误|错)"
    r"|(all|none|both|neither) of the above)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Options:
    """A question's options (id, text) as written; `fixed` keep their place; `right` is the one right id, if one is."""

    texts: tuple[tuple[str, str], ...]
    fixed: frozenset[str] = frozenset()
    right: str | None = None


def in_sections(form: Form, seed: str) -> Form:
    """Return the form with sections in the order of ItemType, then work tasks, shuffled within."""
    rng = random.Random(f"{seed}/order")  # noqa: S311 (an order, not a secret)
    order = list(ItemType)
    shuffled = rng.sample(form, len(form))
    return tuple(sorted(shuffled, key=lambda picked: (order.index(picked.item.type), picked.item.work_task)))


def option_orders(questions: Sequence[Options], seed: str) -> list[list[str]]:
    """Return the order of option ids of each question, in the order in which the paper shows the questions."""
    rng = random.Random(f"{seed}/options")  # noqa: S311 (likewise)
    slots = list(_right_slots(questions, rng))
    return [_ordered(question, slot, rng) for question, slot in zip(questions, slots, strict=True)]


def _right_slots(questions: Sequence[Options], rng: random.Random) -> Iterator[int | None]:
    counts: Counter[int] = Counter()
    for question in questions:
        if question.right is not None and question.right in (pinned := _pinned(question)):
            counts[pinned[question.right]] += 1
    run: list[int] = []
    for question in questions:
        slot = _right_slot(question, counts, run, rng)
        if slot is not None:
            run.append(slot)
        yield slot


def _right_slot(question: Options, counts: Counter[int], run: list[int], rng: random.Random) -> int | None:
    pinned = _pinned(question)
    if question.right is None:
        return None
    if question.right in pinned:
        return pinned[question.right]
    free = [slot for slot in range(len(question.texts)) if slot not in pinned.values()]
    fewest = min(counts[slot] for slot in free)
    ended = run[-1] if len(run) >= LONGEST_RUN and len(set(run[-LONGEST_RUN:])) == 1 else None
    may = [slot for slot in free if slot != ended and counts[slot] <= fewest + MOST_AHEAD]
    slot = rng.choice(may or free)
    counts[slot] += 1
    return slot


def _pinned(question: Options) -> dict[str, int]:
    """Return the places of the options that are not moved: those like 以上都是 last, the fixed ones where they are."""
    ids = [option for option, _ in question.texts]
    last = [option for option, text in question.texts if option not in question.fixed and CATCH_ALL.match(text.strip())]
    pinned = {option: place for place, option in enumerate(ids) if option in question.fixed}
    free = [place for place in range(len(ids)) if place not in pinned.values()]
    return pinned | dict(zip(reversed(last), reversed(free), strict=False))


def _ordered(question: Options, right_slot: int | None, rng: random.Random) -> list[str]:
    places = {place: option for option, place in _pinned(question).items()}
    if question.right is not None and right_slot is not None:
        places[right_slot] = question.right
    loose = [option for option, _ in question.texts if option not in places.values()]
    rng.shuffle(loose)
    return [places[place] if place in places else loose.pop() for place in range(len(question.texts))]

"""What an answer to a machine-scored question is worth. Pure and exact: hundredths of a point as fractions."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any

from questionbank.kinds import ItemType
from scoring import quantities
from scoring.wording import normalised

Json = Mapping[str, Any]


class MultipleChoicePolicy(StrEnum):
    """ALL_OR_NOTHING: exactly the right options, no more and no fewer, earn the points; anything else earns none."""

    ALL_OR_NOTHING = "ALL_OR_NOTHING"


MULTIPLE_CHOICE_POLICY = MultipleChoicePolicy.ALL_OR_NOTHING
WHOLE, NONE = Fraction(1), Fraction(0)


def score(kind: ItemType, content: Json, key: Json, points: int, answer: Any) -> Fraction:
    """Return what the answer earns of `points`, both in hundredths.

    None is an unanswered question. An answer of the wrong form earns nothing and never raises; a type that
    people mark raises KeyError (blueprints take none).
    """
    if not isinstance(answer, Mapping):
        return NONE
    return _SHARES[kind](content, key, answer) * points


def last_answers(log: Iterable[tuple[int, int, str, Any]]) -> dict[str, Any]:
    """Return the answer that counts for each question, from lines of (epoch, seq, item_ref, answer).

    The highest (epoch, seq) counts, whatever the order of the lines; a last answer of None is no answer.
    """
    newest: dict[str, tuple[int, int, Any]] = {}
    for epoch, seq, ref, answer in log:
        if ref not in newest or (epoch, seq) > newest[ref][:2]:
            newest[ref] = (epoch, seq, answer)
    return {ref: answer for ref, (_, _, answer) in newest.items() if answer is not None}


def _single(_content: Json, key: Json, answer: Json) -> Fraction:
    return _all_or_nothing([answer.get("choice")] == list(key["right"]))


def _multiple(_content: Json, key: Json, answer: Json) -> Fraction:
    chosen = answer.get("choices")
    if not isinstance(chosen, list) or not all(isinstance(option, str) for option in chosen):
        return NONE
    return _all_or_nothing(set(chosen) == set(key["right"]))


def _true_false(_content: Json, key: Json, answer: Json) -> Fraction:
    return _all_or_nothing(answer.get("value") is key["value"])  # identity: to Python, 1 == True


def _fill_in(_content: Json, key: Json, answer: Json) -> Fraction:
    """Each blank earns the same share, exactly; texts beyond the last blank are not looked at."""
    written = answer.get("blanks")
    if not isinstance(written, list):
        return NONE
    right = [_is_accepted(text, accepted) for text, accepted in zip(written, key["blanks"], strict=False)]
    return Fraction(sum(right), len(key["blanks"]))


def _is_accepted(text: Any, accepted: Iterable[str]) -> bool:
    written = normalised(text) if isinstance(text, str) else ""
    return bool(written) and written in {normalised(one) for one in accepted}


def _numeric(content: Json, key: Json, answer: Json) -> Fraction:
    """The tolerance belongs to the right values at both ends."""
    text = answer.get("text")
    value = quantities.parsed(text, content.get("unit")) if isinstance(text, str) else None
    if value is None:
        return NONE
    return _all_or_nothing(abs(value - Fraction(key["value"])) <= Fraction(key["tolerance"]))


def _all_or_nothing(is_right: bool) -> Fraction:
    return WHOLE if is_right else NONE


_SHARES: dict[ItemType, Callable[[Json, Json, Json], Fraction]] = {
    ItemType.SINGLE_CHOICE: _single,
    ItemType.MULTIPLE_CHOICE: _multiple,
    ItemType.TRUE_FALSE: _true_false,
    ItemType.FILL_IN: _fill_in,
    ItemType.NUMERIC: _numeric,
}

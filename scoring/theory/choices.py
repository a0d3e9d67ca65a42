"""Choosing among options, and between true and false."""

from enum import StrEnum
from fractions import Fraction

from scoring.theory.shares import NONE, WHOLE, Json, all_or_nothing, texts


class MultipleChoicePolicy(StrEnum):
    """ALL_OR_NOTHING: exactly the right options, no more and no fewer, earn the points; anything else earns none."""

    ALL_OR_NOTHING = "ALL_OR_NOTHING"


MULTIPLE_CHOICE_POLICY = MultipleChoicePolicy.ALL_OR_NOTHING
"""Of keys that give their options no weights."""


def single(_content: Json, key: Json, answer: Json) -> Fraction:
    return all_or_nothing([answer.get("choice")] == list(key["right"]))


def multiple(_content: Json, key: Json, answer: Json) -> Fraction:
    """Nothing chosen earns nothing, also where the least that is earned by weights is more."""
    chosen = texts(answer.get("choices"))
    if not chosen:
        return NONE
    scoring = key.get("scoring", {})
    return _weighed(scoring, set(chosen)) if scoring.get("mode") == "MAP" else _exact(key, set(chosen))


def _exact(key: Json, chosen: set[str]) -> Fraction:
    return all_or_nothing(chosen == set(key["right"]))


def _weighed(scoring: Json, chosen: set[str]) -> Fraction:
    """Return the sum of the weights, neither below the least nor above the whole."""
    earned = sum((Fraction(scoring["weights"].get(option, "0")) for option in chosen), NONE)
    return min(max(earned, Fraction(scoring.get("least", "0"))), WHOLE)


def true_false(_content: Json, key: Json, answer: Json) -> Fraction:
    return all_or_nothing(answer.get("value") is key["value"])  # identity: to Python, 1 == True

"""Putting in order, matching, and choosing in the gaps of a text."""

from fractions import Fraction
from itertools import pairwise

from scoring.theory.shares import NONE, Json, all_or_nothing, texts


def ordering(_content: Json, key: Json, answer: Json) -> Fraction:
    """By PAIRS, each two that follow each other as in the key earn their share; an order with gaps earns nothing."""
    order, right = texts(answer.get("order")), key["order"]
    if order is None or sorted(order) != sorted(right):
        return NONE
    if key.get("scoring", "EXACT") == "EXACT":
        return all_or_nothing(order == right)
    kept = set(pairwise(order)) & set(pairwise(right))
    return Fraction(len(kept), len(right) - 1)


def matching(_content: Json, key: Json, answer: Json) -> Fraction:
    """By PAIRS, each right pair earns its share; what is left out or wrong costs no more than itself."""
    pairs, right = answer.get("pairs"), key["pairs"]
    if not isinstance(pairs, dict):
        return NONE
    matched = sum(pairs.get(left) == match for left, match in right.items())
    if key.get("scoring", "PAIRS") == "EXACT":
        return all_or_nothing(matched == len(right))
    return Fraction(matched, len(right))


def inline_choice(_content: Json, key: Json, answer: Json) -> Fraction:
    """Each gap earns the same share; choices beyond the last gap are not looked at."""
    chosen, right = answer.get("gaps"), key["gaps"]
    if not isinstance(chosen, list):
        return NONE
    return Fraction(sum(one == option for one, option in zip(chosen, right, strict=False)), len(right))

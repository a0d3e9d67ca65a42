"""Sums of what responses earn, and how expressions combine them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Rule(StrEnum):
    CORRECT = "CORRECT"
    SAME_TEXT = "SAME_TEXT"
    MAP = "MAP"
    POINT = "POINT"
    NEAR = "NEAR"
    EXTERNAL = "EXTERNAL"


@dataclass(frozen=True)
class Term:
    """One rule over one response; EXTERNAL is over an outcome that people set. `near` is mode and tolerances."""

    rule: Rule
    response: str
    near: tuple[str, tuple[str, ...]] | None = None
    case_sensitive: bool = True


class UnknownProcessing(Exception):
    """The score is not a sum of what single responses earn."""


Sum = Mapping[Term | None, Fraction]  # None is the constant
_PAIR = 2


def calculated(tag: str, operands: list[Sum]) -> Sum | None:
    """Return what the operator makes of the sums, None when that is no sum. Raises UnknownProcessing."""
    first, *rest = operands
    if tag in {"subtract", "divide"} and len(operands) != _PAIR:
        return None
    if tag == "sum":
        for operand in rest:
            first = added(first, operand)
        return first
    if tag == "subtract":
        return added(first, times(rest[0], Fraction(-1)))
    if tag == "product":
        for operand in rest:
            first = _product(first, operand)
        return first
    if tag == "divide" and set(rest[0]) == {None} and rest[0][None]:
        return times(first, 1 / rest[0][None])
    return None


def _product(one: Sum, other: Sum) -> Sum:
    if set(one) <= {None}:
        return times(other, one.get(None, Fraction(0)))
    if set(other) <= {None}:
        return times(one, other.get(None, Fraction(0)))
    raise UnknownProcessing("a product of two responses")


def added(one: Sum, other: Sum) -> Sum:
    total = {term: one.get(term, Fraction(0)) + other.get(term, Fraction(0)) for term in [*one, *other]}
    return {term: share for term, share in total.items() if share}


def times(one: Sum, factor: Fraction) -> Sum:
    return {term: share * factor for term, share in one.items() if share * factor}

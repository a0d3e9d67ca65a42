"""What the choices of a question are worth: the percents of Moodle and GIFT, and our scoring. Pure."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from questionbank.interchange.gathering import Unreadable

# Moodle takes no other.
_KNOWN = [Decimal(whole) for whole in (100, 90, 80, 75, 70, 60, 50, 40, 30, 25, 20, 10, 5, 0)]
_KNOWN.append(Decimal("12.5"))
# What no decimal says, as Moodle writes it with five places.
_MEANT = {
    Decimal("83.33333"): Fraction(5, 6),
    Decimal("66.66667"): Fraction(2, 3),
    Decimal("33.33333"): Fraction(1, 3),
    Decimal("16.66667"): Fraction(1, 6),
    Decimal("14.28571"): Fraction(1, 7),
    Decimal("11.11111"): Fraction(1, 9),
}
_KNOWN += _MEANT
WHOLE = Decimal(100)
_PLACES = 5
_MOST_DIGITS = 50
_SAME = Decimal("0.001")
_NEAR = Decimal("0.5")
Warn = Callable[[str, str], None]


def percent(text: str, warn: Warn) -> Decimal:
    """Return the percent as Moodle would take it; one that it does not know is reported. Raises Unreadable."""
    told = round(number(text or "0"), _PLACES)
    if abs(told) > WHOLE:
        raise Unreadable("fraction_invalid", f"{text} is not between -100 and 100")
    if abs(told) in _KNOWN:
        return told
    taken = _nearest(told, _NEAR)
    if abs(taken - told) > _SAME or not is_known(told):
        warn("fraction_invalid", f"{plainly(told)} % is no percent that Moodle knows; read as {plainly(taken)} %")
    return taken


def number(text: str) -> Decimal:
    """Return the number; raises Unreadable (`not_decimal`) when it is none, or too large or small to be meant."""
    try:
        told = Decimal(text.strip())
    except InvalidOperation as error:
        raise Unreadable("not_decimal", f"{text[:80]!r} is no number") from error
    if not told.is_finite() or abs(told.adjusted()) > _MOST_DIGITS:
        raise Unreadable("not_decimal", f"{text[:80]!r} is no number that can be meant")
    return told


def scoring(percents: Mapping[str, Decimal], warn: Warn) -> dict[str, Any]:
    """Return the key of a multiple choice in which each option is worth its percent."""
    right = [letter for letter, worth in percents.items() if worth > 0]
    shares = {letter: _meant(worth) for letter, worth in percents.items() if worth}
    if sum(shares[letter] for letter in right) != 1:
        total = sum((percents[letter] for letter in right), Decimal(0))
        warn("fractions_sum", f"the right options are worth {plainly(total)} % together")
    weights = {letter: _share_text(share) for letter, share in shares.items()}
    return {"right": right, "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}


def written(options: list[str], key: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return what each option of a multiple choice is worth in percent.

    All-or-nothing, which percents cannot say, is written so that a wrong choice takes everything.
    """
    told = key.get("scoring", {})
    if told.get("mode") == "MAP":
        weights = {letter: _percent_of(Fraction(weight)) for letter, weight in told["weights"].items()}
        return {letter: _nearest(weights.get(letter, Decimal(0)), _SAME) for letter in options}
    share = _nearest(WHOLE / len(key["right"]), _SAME)
    return {letter: share if letter in key["right"] else -WHOLE for letter in options}


def _meant(worth: Decimal) -> Fraction:
    """Return the share that a percent means: of 33.33333 a third, so that three of them make a whole."""
    exact = _MEANT.get(abs(worth))
    return Fraction(worth) / 100 if exact is None else exact if worth > 0 else -exact


def _share_text(share: Fraction) -> str:
    number = Decimal(share.numerator) / Decimal(share.denominator)
    return plainly(number) if Fraction(number) == share else str(share)


def _percent_of(share: Fraction) -> Decimal:
    return Decimal(share.numerator) * WHOLE / Decimal(share.denominator)


def is_known(told: Decimal) -> bool:
    """Return whether Moodle knows the percent."""
    return _distance(told) <= _SAME


def is_exact(key: Mapping[str, Any]) -> bool:
    """Return whether a multiple choice is right as a whole or not at all."""
    return bool(key.get("scoring", {}).get("mode", "EXACT") == "EXACT")


def plainly(number: Decimal) -> str:
    """Return the number without an exponent and without zeros at its end."""
    return f"{number.normalize():f}" if number else "0"


def _nearest(told: Decimal, within: Decimal) -> Decimal:
    known = min(_KNOWN, key=lambda one: abs(one - abs(told)))
    return known.copy_sign(told) if abs(known - abs(told)) <= within and known else told


def _distance(told: Decimal) -> Decimal:
    return min(abs(one - abs(told)) for one in _KNOWN)

"""Choosing among options, and between true and false."""

from fractions import Fraction
from typing import Any

from questionbank.content.options import checked_ids
from questionbank.content.shapes import Json, mapped, refuse, share_of, texts

EXACT, MAP = "EXACT", "MAP"


def check_single(content: Json, key: Json) -> None:
    """One option is right."""
    _check_choice(content, key, least=1, most=1)


def check_multiple(content: Json, key: Json) -> None:
    """Several options are right; with weights, each chosen option earns its own."""
    scoring = mapped(key.get("scoring", {"mode": EXACT}))
    if scoring.get("mode") not in (EXACT, MAP):
        refuse("key.scoring", "scoring_unknown", "it is scored EXACT or by a MAP of weights")
    has_weights = scoring["mode"] == MAP
    _check_choice(content, key, least=1 if has_weights else 2, most=None)
    if has_weights:
        _check_weights(scoring, set(key["right"]), {option["id"] for option in content["options"]})


def check_true_false(_content: Json, key: Json) -> None:
    if not isinstance(key.get("value"), bool):
        refuse("key.value", "not_true_false", "the key is neither true nor false")


def _check_choice(content: Json, key: Json, *, least: int, most: int | None) -> None:
    ids = checked_ids(content, content.get("options"), field="content.options")
    right = texts(key.get("right"))
    is_count_right = least <= len(right) <= (len(ids) if most is None else most)
    if not is_count_right or len(set(right)) < len(right) or not set(right) <= set(ids):
        refuse("key.right", "key_count", "the key does not name the right number of its options")
    if "fixed" in content and (texts(content["fixed"]) != content["fixed"] or not set(content["fixed"]) <= set(ids)):
        refuse("content.fixed", "fixed_unknown", "a fixed option is not among the options")


def _check_weights(scoring: Json, right: set[str], ids: set[str]) -> None:
    weights = {option: _share(weight) for option, weight in mapped(scoring.get("weights")).items()}
    if not weights or not set(weights) <= ids or None in weights.values():
        refuse(
            "key.scoring",
            "weights_malformed",
            "weights are decimals or fractions such as 1/3 from -1 to 1, each of an option",
        )
    if {option for option, weight in weights.items() if weight is not None and weight > 0} != right:
        refuse("key.scoring", "weights_differ", "the right options are those with a weight above nothing")
    least = _share(scoring.get("least", "0"))
    if least is None or not 0 <= least < 1:
        refuse("key.scoring", "least_range", "the least that is earned is a decimal or a fraction from 0 to below 1")


def _share(value: Any) -> Fraction | None:
    share = share_of(value)
    return share if share is not None and abs(share) <= 1 else None

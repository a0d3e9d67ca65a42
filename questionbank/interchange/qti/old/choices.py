"""Choosing among labels, and putting them in order."""

from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from questionbank.interchange.qti.choices import known, truth_of
from questionbank.interchange.qti.numbers import share_text, whole
from questionbank.interchange.qti.old.source import OldSource, Response, best
from questionbank.interchange.qti.source import NotModelled, Question
from questionbank.kinds import ItemType


def read_choice(response: Response, stem: str, source: OldSource) -> Question:
    """Return the question of a response_lid. Raises NotModelled."""
    ids, options = options_of(response, source)
    if response.cardinality == "ordered":
        return _ordering(response, stem, options, ids, source)
    if response.cardinality == "multiple":
        return _multiple(response, stem, options, ids, source)
    right = ids[_right(response, source)]
    truth = truth_of(options)
    if truth:
        return Question(ItemType.TRUE_FALSE, source.gathering.content(stem), {"value": truth[right]}, Fraction(1))
    content = source.gathering.content(stem, options=options, **_fixed(response, options))
    return Question(ItemType.SINGLE_CHOICE, content, {"right": [right]}, Fraction(1))


def options_of(response: Response, source: OldSource) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return each label's id in the bank, and the options. Raises NotModelled."""
    idents = [label.ident for label in response.labels]
    if len(set(idents)) < len(idents) or len(idents) > len(ascii_lowercase):
        raise NotModelled("options", f"{len(idents)} options, or two of the same ident")
    ids = dict(zip(idents, ascii_lowercase, strict=False))
    return ids, [source.gathering.option(ids[label.ident], label.shown or label.ident) for label in response.labels]


def _fixed(response: Response, options: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the options that a shuffle leaves in their place."""
    rendered = next(response.element.iter("render_choice"), None)
    is_shuffled = rendered is not None and rendered.get("shuffle", "No").lower() == "yes"
    pairs = zip(response.labels, options, strict=True)
    fixed = [new["id"] for label, new in pairs if is_shuffled and label.element.get("rshuffle", "Yes").lower() == "no"]
    return {"fixed": fixed} if fixed else {}


def _right(response: Response, source: OldSource) -> str:
    conditions = source.of(response)
    most = best(conditions)
    right = {test.value for one in conditions if one.value == most for test in one.wanted if test.kind == "varequal"}
    idents = {label.ident for label in response.labels}
    if len(right) != 1 or not right <= idents:
        raise NotModelled(
            "no_key" if not right else "key", f"{response.ident}: {', '.join(sorted(right)) or 'nothing'}"
        )
    if any(one.value < most for one in conditions):
        source.gathering.warn("partial_credit_dropped", f"only the best option of {response.ident} earns points")
    return right.pop()


def _multiple(
    response: Response, stem: str, options: list[dict[str, Any]], ids: dict[str, str], source: OldSource
) -> Question:
    conditions = source.of(response)
    content = source.gathering.content(stem, options=options)
    if len(conditions) == 1 and not conditions[0].has_alternatives:
        right = known([test.value for test in conditions[0].wanted if test.response == response.ident], ids)
        return Question(ItemType.MULTIPLE_CHOICE, content, exact(right, list(ids.values())), Fraction(1))
    return Question(ItemType.MULTIPLE_CHOICE, content, _weights(response, ids, source), Fraction(1))


def exact(right: list[str], ids: list[str]) -> dict[str, Any]:
    """Return the key of a choice that is right as a whole; beside one right option a wrong one spoils it."""
    if len(right) > 1:
        return {"right": right}
    weights = {one: "1" if one in right else "-1" for one in ids}
    return {"right": right, "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}


def _weights(response: Response, ids: dict[str, str], source: OldSource) -> dict[str, Any]:
    """Return the key of a choice each option of which earns its own."""
    values: dict[str, Fraction] = {}
    for condition in source.conditions:
        tests = [test for test in condition.tests if test.response == response.ident]
        if len(tests) != 1 or tests[0].kind != "varequal" or not condition.adds or not tests[0].wanted:
            raise NotModelled("scoring", f"several conditions for {response.ident} that do not add up")
        values[tests[0].value] = values.get(tests[0].value, Fraction(0)) + condition.value
    most = sum((value for value in values.values() if value > 0), Fraction(0))
    if most <= 0:
        raise NotModelled("no_key", f"no option of {response.ident} earns anything")
    known(list(values), ids)
    weights = {ids[ident]: share_text(value / most) for ident, value in values.items()}
    right = [ids[ident] for ident in ids if values.get(ident, Fraction(0)) > 0]
    return {"right": right, "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}


def _ordering(
    response: Response, stem: str, options: list[dict[str, Any]], ids: dict[str, str], source: OldSource
) -> Question:
    conditions = source.of(response)
    if len(conditions) != 1 or conditions[0].has_alternatives:
        raise NotModelled("scoring", f"{len(conditions)} conditions for the order of {response.ident}")
    tests = [test for test in conditions[0].wanted if test.response == response.ident]
    tests.sort(key=lambda test: whole(test.index))
    order = known([ident for test in tests for ident in test.value.split(",")], ids)
    if sorted(order) != sorted(ids.values()):
        raise NotModelled("key", "only some of the choices are put in order")
    return Question(ItemType.ORDERING, source.gathering.content(stem, options=options), {"order": order}, Fraction(1))

"""Response processing, read as a sum: how much of the score each response earns, and by which rule.

A sum is all that an item of the bank can be scored by. What is not one raises UnknownProcessing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lxml import etree

from questionbank.interchange.qti.declarations import number
from questionbank.interchange.xml import Element


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
_Outcomes = dict[str, Sum | None]  # None is a value that is no number
_TEMPLATES = {"match_correct": Rule.CORRECT, "map_response": Rule.MAP, "map_response_point": Rule.POINT}
_ZERO: Sum = {}


def score_of(item: Element, responses: Iterable[str]) -> Mapping[Term, Fraction]:
    """Return what SCORE is made of, by term. Empty if the item has no processing. Raises UnknownProcessing."""
    processing = item.find("responseProcessing")
    if processing is None:
        return {}
    template = processing.get("template")
    if template and not len(processing):
        return _of_template(template, list(responses))
    outcomes = _declared(item)
    _run(processing, outcomes)
    score = outcomes.get("SCORE")
    if score is None:
        raise UnknownProcessing("SCORE is no sum")
    return {term: share for term, share in score.items() if term is not None and share}


def _of_template(template: str, responses: list[str]) -> Mapping[Term, Fraction]:
    name = re.sub(r"\.xml$", "", template.strip().rstrip("/").rsplit("/", 1)[-1])
    if name not in _TEMPLATES:
        raise UnknownProcessing(f"template {template}")
    response = responses[0] if len(responses) == 1 else "RESPONSE"
    return {Term(_TEMPLATES[name], response): Fraction(1)}


def _declared(item: Element) -> _Outcomes:
    outcomes: _Outcomes = {"SCORE": _ZERO}
    for outcome in item.iterfind("outcomeDeclaration"):
        identifier, default = outcome.get("identifier", ""), outcome.find("defaultValue/value")
        if outcome.get("baseType") not in {"float", "integer"}:
            outcomes[identifier] = None
        elif default is not None:
            outcomes[identifier] = {None: number(default.text)}
        elif identifier != "SCORE":
            outcomes[identifier] = {Term(Rule.EXTERNAL, identifier): Fraction(1)}
    return outcomes


def _run(rules: Element, outcomes: _Outcomes) -> None:
    for rule in rules:
        if rule.tag == "setOutcomeValue":
            outcomes[rule.get("identifier", "")] = _value(rule[0], outcomes)
        elif rule.tag == "responseCondition":
            outcomes.update(_decide(list(rule), outcomes))
        elif rule.tag == "responseProcessingFragment":
            _run(rule, outcomes)
        else:
            raise UnknownProcessing(f"rule {rule.tag}")


def _decide(branches: list[Element], outcomes: _Outcomes) -> _Outcomes:
    if not branches:
        return dict(outcomes)
    branch, rest = branches[0], branches[1:]
    then = dict(outcomes)
    if branch.tag == "responseElse":
        _run(branch, then)
        return then
    actions = etree.Element("actions")
    actions.extend([_copy(rule) for rule in list(branch)[1:]])
    _run(actions, then)
    return _chosen(branch[0], then, _decide(rest, outcomes))


def _copy(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element))


def _chosen(condition: Element, then: _Outcomes, otherwise: _Outcomes) -> _Outcomes:
    if condition.tag == "isNull":  # an empty response earns nothing by any rule
        return otherwise
    if condition.tag == "not" and condition[0].tag == "isNull":
        return then
    term = _term(condition)
    names = {**then, **otherwise}
    return {name: _either(condition, term, then.get(name), otherwise.get(name), name) for name in names}


def _either(condition: Element, term: Term | None, then: Sum | None, other: Sum | None, name: str) -> Sum | None:
    if then == other:
        return then
    if term is not None and then is not None and other is not None:
        gain = _added(then, _times(other, Fraction(-1)))
        if set(gain) <= {None}:
            return _added(other, {term: gain.get(None, Fraction(0))})
    if name == "SCORE":
        raise UnknownProcessing(f"condition {condition.tag}")
    return None


def _term(condition: Element) -> Term | None:
    tags = [child.tag for child in condition]
    if tags not in (["variable", "correct"], ["correct", "variable"]):
        return None
    names = {child.get("identifier", "") for child in condition}
    if len(names) != 1:
        return None
    return _comparison(condition, names.pop())


def _comparison(condition: Element, response: str) -> Term | None:
    if condition.tag == "match":
        return Term(Rule.CORRECT, response)
    if condition.tag == "stringMatch" and condition.get("substring", "false") == "false":
        return Term(Rule.SAME_TEXT, response, case_sensitive=condition.get("caseSensitive", "true") == "true")
    if condition.tag == "equal":
        near = (condition.get("toleranceMode", "exact"), tuple(condition.get("tolerance", "").split()))
        return Term(Rule.NEAR, response, near=near)
    return None


def _value(expression: Element, outcomes: _Outcomes) -> Sum | None:
    tag = expression.tag
    if tag == "baseValue":
        numeric = expression.get("baseType") in {"float", "integer"}
        return {None: number(expression.text)} if numeric else None
    if tag == "variable":
        return outcomes.get(expression.get("identifier", ""))
    if tag in {"mapResponse", "mapResponsePoint"}:
        rule = Rule.MAP if tag == "mapResponse" else Rule.POINT
        return {Term(rule, expression.get("identifier", "")): Fraction(1)}
    operands = [_value(child, outcomes) for child in expression]
    known = [operand for operand in operands if operand is not None]
    if not known or len(known) < len(operands):
        return None
    return _calculated(str(tag), known)


def _calculated(tag: str, operands: list[Sum]) -> Sum | None:
    first, *rest = operands
    if tag == "sum":
        for operand in rest:
            first = _added(first, operand)
        return first
    if tag == "subtract":
        return _added(first, _times(rest[0], Fraction(-1)))
    if tag == "product":
        for operand in rest:
            first = _product(first, operand)
        return first
    if tag == "divide" and set(rest[0]) == {None} and rest[0][None]:
        return _times(first, 1 / rest[0][None])
    return None


def _product(one: Sum, other: Sum) -> Sum:
    if set(one) <= {None}:
        return _times(other, one.get(None, Fraction(0)))
    if set(other) <= {None}:
        return _times(one, other.get(None, Fraction(0)))
    raise UnknownProcessing("a product of two responses")


def _added(one: Sum, other: Sum) -> Sum:
    total = {term: one.get(term, Fraction(0)) + other.get(term, Fraction(0)) for term in [*one, *other]}
    return {term: share for term, share in total.items() if share}


def _times(one: Sum, factor: Fraction) -> Sum:
    return {term: share * factor for term, share in one.items() if share * factor}

"""Response processing, read as a sum: how much of the score each response earns, and by which rule.

A sum is all that an item of the bank can be scored by. What is not one raises UnknownProcessing.
"""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from questionbank.interchange.qti.declarations import number
from questionbank.interchange.qti.sums import Rule, Sum, Term, UnknownProcessing, added, calculated, times
from questionbank.interchange.xml import Element

_Outcomes = dict[str, Sum | None]  # None is a value that is no number
_TEMPLATES = {"match_correct": Rule.CORRECT, "map_response": Rule.MAP, "map_response_point": Rule.POINT}
_MOST_WORK = 1_000_000


def score_of(item: Element, responses: Iterable[str]) -> Mapping[Term, Fraction]:
    """Return what SCORE is made of, by term. Empty if the item has no processing. Raises UnknownProcessing."""
    processing = item.find("responseProcessing")
    if processing is None:
        return {}
    template = processing.get("template")
    if template and not len(processing):
        return _of_template(template, list(responses))
    outcomes = _declared(item)
    if len(outcomes) * sum(1 for _ in processing.iter()) > _MOST_WORK:
        raise UnknownProcessing("it is too long to be followed")
    _run(processing, outcomes)
    score = outcomes.get("SCORE")
    if score is None:
        raise UnknownProcessing("SCORE is no sum")
    if score.get(None):
        raise UnknownProcessing("an empty answer earns something too")
    return {term: share for term, share in score.items() if term is not None}


def _of_template(template: str, responses: list[str]) -> Mapping[Term, Fraction]:
    name = re.sub(r"\.xml$", "", template.strip().rstrip("/").rsplit("/", 1)[-1])
    if name not in _TEMPLATES:
        raise UnknownProcessing(f"template {template}")
    response = responses[0] if len(responses) == 1 else "RESPONSE"
    return {Term(_TEMPLATES[name], response): Fraction(1)}


def _declared(item: Element) -> _Outcomes:
    outcomes: _Outcomes = {"SCORE": {}}
    for outcome in item.iterfind("outcomeDeclaration"):
        identifier, default = outcome.get("identifier", ""), outcome.find("defaultValue/value")
        if outcome.get("baseType") not in {"float", "integer"}:
            outcomes[identifier] = None
        elif default is not None:
            outcomes[identifier] = {None: number(default.text)}
        elif identifier != "SCORE":
            outcomes[identifier] = {Term(Rule.EXTERNAL, identifier): Fraction(1)}
    return outcomes


def _run(rules: Iterable[Element], outcomes: _Outcomes) -> None:
    for rule in rules:
        if rule.tag == "setOutcomeValue" and len(rule):
            outcomes[rule.get("identifier", "")] = _value(rule[0], outcomes)
        elif rule.tag == "responseCondition":
            outcomes.update(_decided(list(rule), outcomes))
        elif rule.tag == "responseProcessingFragment":
            _run(rule, outcomes)
        else:
            raise UnknownProcessing(f"rule {rule.tag}")


def _decided(branches: list[Element], outcomes: _Outcomes) -> _Outcomes:
    """Return the outcomes after a condition, reckoned from its last branch to its first."""
    decided = dict(outcomes)
    if any(not len(branch) and branch.tag != "responseElse" for branch in branches):
        raise UnknownProcessing("a condition that asks nothing")
    for branch in reversed(branches):
        then = dict(outcomes)
        condition, *actions = [None, *branch] if branch.tag == "responseElse" else branch
        _run(actions, then)
        decided = then if condition is None else _chosen(condition, then, decided)
    return decided


def _chosen(condition: Element, then: _Outcomes, otherwise: _Outcomes) -> _Outcomes:
    if condition.tag == "isNull":  # an empty response earns nothing by any rule
        return otherwise
    if condition.tag == "not" and [child.tag for child in condition] == ["isNull"]:
        return then
    term = _term(condition)
    names = {**then, **otherwise}
    return {name: _either(condition, term, then.get(name), otherwise.get(name), name) for name in names}


def _either(condition: Element, term: Term | None, then: Sum | None, other: Sum | None, name: str) -> Sum | None:
    if then == other:
        return then
    if term is not None and then is not None and other is not None:
        gain = added(then, times(other, Fraction(-1)))
        if set(gain) <= {None}:
            return added(other, {term: gain.get(None, Fraction(0))})
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
    return calculated(str(tag), known)

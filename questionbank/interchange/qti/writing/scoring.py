"""What responses earn, as response processing: a template of the standard where one says it, else rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from questionbank.interchange.qti.numbers import decimal_text
from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.xml import Element

SCORE, RESPONSE = "SCORE", "RESPONSE"
_TEMPLATES = {Rule.CORRECT: "match_correct", Rule.MAP: "map_response", Rule.POINT: "map_response_point"}
_MAPS = {Rule.MAP: "mapResponse", Rule.POINT: "mapResponsePoint"}


@dataclass(frozen=True)
class Scoring:
    """The rule that scores the responses; `most` is what they earn by it, before points. EXTERNAL has people score."""

    rule: Rule
    responses: Sequence[str]
    most: Fraction = Fraction(1)
    tolerance: str = ""


def template(scoring: Scoring, worth: Fraction) -> str:
    """Return the name of the standard's template that gives this worth, "" when there is none."""
    if list(scoring.responses) != [RESPONSE] or worth != scoring.most:
        return ""
    return _TEMPLATES.get(scoring.rule, "")


def rules(scoring: Scoring, outcome: str, worth: Fraction) -> list[Element]:
    """Return the rules that set the outcome to the worth when all is right."""
    if scoring.rule is Rule.EXTERNAL:
        return []
    if scoring.rule in _MAPS:
        mapped = [made(_MAPS[scoring.rule], identifier=response) for response in scoring.responses]
        total = mapped[0] if len(mapped) == 1 else made("sum", *mapped)
        return [_set(outcome, times(total, worth / scoring.most))]
    earned = made("responseIf", _condition(scoring), _set(outcome, _number(worth)))
    return [made("responseCondition", earned, made("responseElse", _set(outcome, _number(Fraction(0)))))]


def total(shares: Mapping[str, int], factor: Fraction) -> Element:
    """Return the rule that adds up the outcomes of a composite's parts."""
    added = made("sum", *(made("variable", identifier=outcome) for outcome in shares))
    return _set(SCORE, times(added, factor))


def times(expression: Element, factor: Fraction) -> Element:
    """Return the expression, multiplied and divided by whole numbers so that it stays exact."""
    if factor.numerator != 1:
        expression = made("product", _number(Fraction(factor.numerator)), expression)
    if factor.denominator != 1:
        expression = made("divide", expression, _number(Fraction(factor.denominator)))
    return expression


def _condition(scoring: Scoring) -> Element:
    response = scoring.responses[0]
    sides = made("variable", identifier=response), made("correct", identifier=response)
    if scoring.rule is Rule.NEAR:
        return made("equal", *sides, toleranceMode="absolute", tolerance=f"{scoring.tolerance} {scoring.tolerance}")
    return made("match", *sides)


def _set(outcome: str, value: Element) -> Element:
    return made("setOutcomeValue", value, identifier=outcome)


def _number(value: Fraction) -> Element:
    return made("baseValue", decimal_text(value), baseType="float")

"""What is written: blanks, numbers, texts that people mark, and gaps named in the stem."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange import xml
from questionbank.interchange.qti.declarations import number
from questionbank.interchange.qti.numbers import decimal_text, whole
from questionbank.interchange.qti.old.conditions import Condition, Test
from questionbank.interchange.qti.old.materials import fragment
from questionbank.interchange.qti.old.source import OldSource, Response, best
from questionbank.interchange.qti.source import NotModelled, Question
from questionbank.kinds import ItemType

_LOWER, _UPPER = {"vargte", "vargt"}, {"varlte", "varlt"}
_HALF = Fraction(1, 2)
_LINE = re.compile(r"_{3,}")


def read_blanks(responses: Sequence[Response], stem: str, source: OldSource) -> Question:
    """Return the question of response_str that are filled in. Raises NotModelled."""
    read = [_accepted(response, source) for response in responses]
    key: dict[str, Any] = {"blanks": [texts for texts, _ in read]}
    if all(is_sensitive for _, is_sensitive in read):
        key["case_sensitive"] = True
    marked = with_blanks(stem, responses, source)
    return Question(ItemType.FILL_IN, source.gathering.content(marked, blanks=len(read)), key, Fraction(len(read)))


def with_blanks(stem: str, responses: Sequence[Response], source: OldSource) -> str:
    """Return the stem with a blank for each response: where it is named in brackets, is drawn, or at the end."""
    names = [source.gathering.text(response.shown) or response.ident for response in responses]
    named = [name for name in names if f"[{name}]" in stem]
    if len(named) == len(names):
        positions = {name: stem.index(f"[{name}]") for name in names}
        if sorted(names, key=positions.__getitem__) == names:
            for name in names:
                stem = stem.replace(f"[{name}]", BLANK, 1)
            return stem
    drawn = _LINE.sub(BLANK, stem)
    if drawn.count(BLANK) == len(responses):
        return drawn
    return " ".join([_LINE.sub("…", stem), *(BLANK for _ in responses)])


def read_number(response: Response, stem: str, source: OldSource) -> Question:
    """Return the question of a number. Raises NotModelled, BadNumber."""
    conditions = source.of(response)
    if len(conditions) != 1:
        raise NotModelled("scoring", f"{len(conditions)} numbers earn points")
    tests = conditions[0].wanted
    value, tolerance = _range(tests)
    if any(test.kind in {"vargt", "varlt"} for test in tests):
        source.gathering.warn("bounds_included", "the bounds themselves are right now too")
    key = {"value": value, "tolerance": tolerance}
    return Question(ItemType.NUMERIC, source.gathering.content(stem), key, Fraction(1))


def _range(tests: Sequence[Test]) -> tuple[str, str]:
    exact = [test.value for test in tests if test.kind == "varequal"]
    lower = [number(test.value) for test in tests if test.kind in _LOWER]
    upper = [number(test.value) for test in tests if test.kind in _UPPER]
    if len(exact) > 1 or len(lower) != len(upper) or len(lower) > 1 or not (exact or lower):
        raise NotModelled("scoring", "the right number is no value with a tolerance")
    if not lower:
        number(exact[0])
        return exact[0], "0"
    middle = (lower[0] + upper[0]) * _HALF
    if exact and number(exact[0]) != middle:
        raise NotModelled("scoring", "the tolerance is wider on one side")
    return exact[0] if exact else decimal_text(middle), decimal_text((upper[0] - lower[0]) * _HALF)


def read_text(asked: xml.Element, stem: str, source: OldSource, answer: str) -> Question:
    """Return the question of a text that people mark; the answer is what they have to go by, "" for nothing."""
    rendered = next(asked.iter("render_fib"), None)
    rows = "" if rendered is None else rendered.get("rows", "")
    is_long = whole(rows) > _LONG_ROWS
    kind = ItemType.EXTENDED_ANSWER if is_long else ItemType.SHORT_ANSWER
    return Question(kind, source.gathering.content(stem), {"reference": answer, "points": []}, Fraction(1))


_LONG_ROWS = 8


def answer_of(item: xml.Element, source: OldSource) -> str:
    """Return the solution that the item holds for who marks."""
    told = [source.gathering.text(fragment(found)) for found in item.iter("solution", "itemrubric")]
    return "\n".join(text for text in told if text)


def _accepted(response: Response, source: OldSource) -> tuple[list[str], bool]:
    conditions = source.of(response)
    if any(len({test.response for test in condition.wanted}) > 1 for condition in conditions):
        raise NotModelled("scoring", "several blanks are right only together")
    if any(test.kind != "varequal" for test in _tests(conditions, response)):
        raise NotModelled("pattern", f"{response.ident} is compared otherwise than for equality")
    most = best(conditions)
    if any(condition.value < most for condition in conditions):
        source.gathering.warn("partial_credit_dropped", f"{response.ident} accepts only what earned the most")
    tests = _tests([condition for condition in conditions if condition.value == most], response)
    texts = list(dict.fromkeys(_said(test, response, source) for test in tests))
    if not texts:
        raise NotModelled("no_key", f"nothing earns points in {response.ident}")
    return texts, all(test.case_sensitive for test in tests)


def _tests(conditions: Sequence[Condition], response: Response) -> list[Test]:
    return [test for one in conditions for test in one.wanted if test.response == response.ident]


def _said(test: Test, response: Response, source: OldSource) -> str:
    """Return what is to be written; Canvas names the label that says it."""
    shown = next((label.shown for label in response.labels if label.ident == test.value), "")
    return source.gathering.text(shown) if shown else test.value

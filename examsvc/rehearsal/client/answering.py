"""Answers of somebody who knows nothing: of the form of the question's type, so that the service takes them. Pure."""

import random
from collections.abc import Callable
from typing import Any

Question = dict[str, Any]
TEXTS = ("提示词应写明角色、任务和格式", "先核对数据来源，再给出结论", "42", "1.5", "不确定")


def answer_to(question: Question, rng: random.Random) -> dict[str, Any]:
    """Return an answer to a question as the paper shows it."""
    form, make = _FORMS[question["type"]]
    return {form: make(question, rng)}


def _ids(options: list[dict[str, Any]] | None) -> list[str]:
    return [option["id"] for option in options or ()]


def _some(values: list[str], rng: random.Random) -> list[str]:
    return sorted(rng.sample(values, rng.randint(1, len(values))))


def _shuffled(values: list[str], rng: random.Random) -> list[str]:
    return rng.sample(values, len(values))


def _pairs(question: Question, rng: random.Random) -> dict[str, str]:
    matches = _ids(question["matches"])
    return {option: rng.choice(matches) for option in _ids(question["options"])}


def _mark(question: Question, rng: random.Random) -> list[list[int]]:
    picture = question["picture"]
    return [[rng.randint(0, picture["width"]), rng.randint(0, picture["height"])]]


def _text(_question: Question, rng: random.Random) -> str:
    return rng.choice(TEXTS)


_FORMS: dict[str, tuple[str, Callable[[Question, random.Random], Any]]] = {
    "SINGLE_CHOICE": ("choice", lambda question, rng: rng.choice(_ids(question["options"]))),
    "MULTIPLE_CHOICE": ("choices", lambda question, rng: _some(_ids(question["options"]), rng)),
    "TRUE_FALSE": ("value", lambda _question, rng: rng.random() < 0.5),  # noqa: PLR2004 (even odds)
    "FILL_IN": ("blanks", lambda question, rng: [_text(question, rng) for _ in range(question["blanks"])]),
    "NUMERIC": ("text", _text),
    "INLINE_CHOICE": ("gaps", lambda question, rng: [rng.choice(_ids(gap)) for gap in question["gaps"]]),
    "ORDERING": ("order", lambda question, rng: _shuffled(_ids(question["options"]), rng)),
    "MATCHING": ("pairs", _pairs),
    "HOTSPOT": ("points", _mark),
    "SHORT_ANSWER": ("text", _text),
    "EXTENDED_ANSWER": ("text", _text),
    "COMPOSITE": ("parts", lambda question, rng: {part["id"]: answer_to(part, rng) for part in question["parts"]}),
}

"""The alternatives of a GIFT answer, which = and ~ begin, and the questions that are made of them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from questionbank.interchange import lettering, percents, tagging
from questionbank.interchange.gathering import Unreadable
from questionbank.interchange.texts import gift_lexing
from questionbank.interchange.texts.gift_questions import Body, Question, told
from questionbank.kinds import ItemType

_WORTH = re.compile(r"%(-?[\d.]+)%")
_ALTERNATIVE = re.compile(r"([=~])([^=~]*)")


@dataclass(frozen=True)
class Choice:
    right: bool
    percent: Decimal | None
    text: str
    feedback: str


def parsed(question: Question, body: str) -> list[Choice]:
    if not body.startswith(("=", "~")):
        raise Unreadable("answer_unknown", f"{gift_lexing.show(body)[:80]!r} is no answer of GIFT")
    return [_choice(question, sign, text) for sign, text in _ALTERNATIVE.findall(body)]


def _choice(question: Question, sign: str, text: str) -> Choice:
    words, _, feedback = text.strip().partition("#")
    worth = _WORTH.match(words)
    told = percents.percent(worth[1], question.gathering.warn) if worth else None
    return Choice(sign == "=", told, (words[worth.end() :] if worth else words).strip(), feedback.strip())


def single(question: Question, choices: list[Choice]) -> Body:
    options = _options(question, choices)
    right = [option["id"] for option, choice in zip(options, choices, strict=True) if _is_right(choice)]
    if any(choice.percent and choice.percent != percents.WHOLE for choice in choices):
        question.gathering.warn("partial_credit_dropped", "a single choice is right or wrong")
    return Body(ItemType.SINGLE_CHOICE, {"options": options}, {"right": right}, feedback(choices))


def _is_right(choice: Choice) -> bool:
    return choice.percent == percents.WHOLE if choice.percent is not None else choice.right


def multiple(question: Question, choices: list[Choice]) -> Body:
    options = _options(question, choices)
    worths = {option["id"]: choice.percent or Decimal(0) for option, choice in zip(options, choices, strict=True)}
    key = percents.scoring(worths, question.gathering.warn)
    if question.tagged[tagging.SCORING] == tagging.EXACT:
        key = {"right": key["right"]}
    return Body(ItemType.MULTIPLE_CHOICE, {"options": options}, key, feedback(choices))


def _options(question: Question, choices: list[Choice]) -> list[dict[str, Any]]:
    fragments = (question.fragment(choice.text) for choice in choices)
    return [question.gathering.option(lettering.letter(place), text) for place, text in enumerate(fragments)]


def fill_in(question: Question, choices: list[Choice]) -> Body:
    accepted = [gift_lexing.show(choice.text) for choice in choices if choice.percent in {None, percents.WHOLE}]
    if len(accepted) < len(choices):
        question.gathering.warn("partial_credit_dropped", "a blank is filled right or wrong")
    key: dict[str, Any] = {"blanks": [accepted]}
    if question.tagged[tagging.CASE] == tagging.SENSITIVE:
        key["case_sensitive"] = True
    return Body(ItemType.FILL_IN, {"blanks": 1}, key, feedback(choices), fills_stem=True)


def matching(question: Question, choices: list[Choice]) -> Body:
    sides = [[side.strip() for side in choice.text.split("->", 1)] for choice in choices]
    if any(len(side) != 2 for side in sides):  # noqa: PLR2004 - left and right
        raise Unreadable("pair_incomplete", "a pair of the matching has no ->")
    rights = list(dict.fromkeys(gift_lexing.show(right) for _, right in sides))
    options = [
        question.gathering.option(lettering.letter(place), question.fragment(left))
        for place, (left, _) in enumerate(side for side in sides if side[0])
    ]
    matches = [{"id": str(place), "text": right} for place, right in enumerate(rights, start=1)]
    named = [right for left, right in sides if left]
    pairs = {
        option["id"]: str(rights.index(gift_lexing.show(right)) + 1)
        for option, right in zip(options, named, strict=True)
    }
    exact = {"scoring": "EXACT"} if question.tagged[tagging.SCORING] == tagging.EXACT else {}
    return Body(ItemType.MATCHING, {"options": options, "matches": matches}, {"pairs": pairs, **exact})


def feedback(choices: list[Choice]) -> list[str]:
    """Return what is said to each choice; nothing when nothing is said at all."""
    return told([choice.feedback for choice in choices])

"""What stands between the braces of a GIFT question, by the form it has."""

import re
from collections.abc import Callable

from questionbank.interchange import percents, tagging
from questionbank.interchange.gathering import Unreadable
from questionbank.interchange.texts import gift_choices, gift_lexing
from questionbank.interchange.texts.gift_choices import Choice
from questionbank.interchange.texts.gift_questions import Body, Question, told
from questionbank.kinds import ItemType

_LENGTH = re.compile(r"[0-9]{1,6}")
_TRUTH = re.compile(r"(TRUE|T|FALSE|F)\s*(?:#(.*))?$", re.IGNORECASE | re.DOTALL)


def read(question: Question, body: str, general: str) -> Body:
    """Return what the hidden text between the braces says; `general` is the feedback for all. Raises Unreadable."""
    if not body:
        return _essay(question, general)
    if body.startswith("#"):
        return _numeric(question, body[1:].strip())
    if truth := _TRUTH.match(body):
        return Body(ItemType.TRUE_FALSE, {}, {"value": truth[1][:1].upper() == "T"}, told((truth[2] or "").split("#")))
    return _form(body)(question, gift_choices.parsed(question, body))


def _form(body: str) -> Callable[[Question, list[Choice]], Body]:
    if "~" in body:
        return gift_choices.single if "=" in body else gift_choices.multiple
    return gift_choices.matching if "->" in body else gift_choices.fill_in


def _essay(question: Question, general: str) -> Body:
    short = question.tagged[tagging.TYPE] == ItemType.SHORT_ANSWER
    length = question.tagged[tagging.LENGTH]
    content = {"length": int(length)} if _LENGTH.fullmatch(length) and not short else {}
    key = {"reference": general, "points": []}
    return Body(ItemType.SHORT_ANSWER if short else ItemType.EXTENDED_ANSWER, content, key)


def _numeric(question: Question, body: str) -> Body:
    choices = gift_choices.parsed(question, body if body.startswith(("=", "~")) else f"={body}")
    whole = [choice for choice in choices if choice.right and choice.percent in {None, percents.WHOLE}]
    if not whole:
        raise Unreadable("no_full_mark", "no number earns everything")
    if sum(choice.right for choice in choices) > 1:
        question.gathering.warn("partial_credit_dropped", "of several numbers the first that earns everything is kept")
    unit = question.tagged[tagging.UNIT]
    key = _number(gift_lexing.show(whole[0].text))
    return Body(ItemType.NUMERIC, {"unit": unit} if unit else {}, key, gift_choices.feedback(choices))


def _number(text: str) -> dict[str, str]:
    """Return value and tolerance of `value:tolerance` or `least..most`."""
    if ".." in text:
        least, most = (percents.number(end) for end in text.split("..", 1))
        return {"value": percents.plainly((least + most) / 2), "tolerance": percents.plainly((most - least) / 2)}
    value, _, tolerance = text.partition(":")
    return {"value": str(percents.number(value)), "tolerance": str(percents.number(tolerance or "0"))}

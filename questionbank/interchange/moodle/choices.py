"""Moodle's choices: one, several, true or false."""

from decimal import Decimal

from questionbank.interchange import lettering, percents, tagging, xml
from questionbank.interchange.gathering import Unreadable
from questionbank.interchange.moodle.question import Answer, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType


def multichoice(question: Question) -> Answer:
    """A single choice, or a multiple one in which each option is worth a percent."""
    answers = question.answers()
    options = [question.option(lettering.letter(place), answer) for place, answer in enumerate(answers)]
    names = [option["id"] for option in options]
    worths = {name: worth(question, answer) for name, answer in zip(names, answers, strict=True)}
    content = {"options": options, **_fixed(question, names)}
    if question.said("single").lower() in {"false", "0"}:
        return Answer(ItemType.MULTIPLE_CHOICE, content, _several(question, worths), feedback=question.feedback())
    right = [name for name, percent in worths.items() if percent == percents.WHOLE]
    if any(percent not in {0, percents.WHOLE} for percent in worths.values()):
        question.gathering.warn("partial_credit_dropped", "a single choice is right or wrong")
    return Answer(ItemType.SINGLE_CHOICE, content, {"right": right}, feedback=question.feedback())


def multichoiceset(question: Question) -> Answer:
    """A multiple choice of all or nothing."""
    read = multichoice(question)
    return Answer(ItemType.MULTIPLE_CHOICE, read.content, {"right": read.key["right"]}, feedback=read.feedback)


def truefalse(question: Question) -> Answer:
    """The answer that earns everything is named true or false."""
    right = [xml.child_text(one, "text").lower() for one in question.answers() if worth(question, one) > 0]
    if len(right) != 1 or right[0] not in {"true", "false"}:
        raise Unreadable("not_true_false", "neither true nor false is right, or both")
    return Answer(ItemType.TRUE_FALSE, {}, {"value": right == ["true"]}, feedback=question.feedback())


def worth(question: Question, answer: Element) -> Decimal:
    """Return the percent that the answer earns; raises Unreadable."""
    return percents.percent(answer.get("fraction", "0"), question.gathering.warn)


def _several(question: Question, worths: dict[str, Decimal]) -> dict[str, object]:
    key = percents.scoring(worths, question.gathering.warn)
    return {"right": key["right"]} if question.tagged[tagging.SCORING] == tagging.EXACT else key


def _fixed(question: Question, names: list[str]) -> dict[str, list[str]]:
    told = question.tagged[tagging.FIXED]
    if question.said("shuffleanswers").lower() in {"false", "0"}:
        return {"fixed": names}
    return {"fixed": told.split(",")} if told else {}

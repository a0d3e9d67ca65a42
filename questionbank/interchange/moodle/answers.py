"""Moodle's questions with written, numeric, matched and ordered answers."""

import re
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange import lettering, percents, tagging, xml
from questionbank.interchange.gathering import Unmodelled, Unreadable
from questionbank.interchange.moodle.choices import worth
from questionbank.interchange.moodle.question import Answer, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_LINE = re.compile(r"_{3,}")
_WILDCARD = re.compile(r"(?<!\\)\*")
_POINT = re.compile(r"<li>(.*?)</li>", re.DOTALL)
POINTS_BEGIN = '<ul class="points">'
SHORT_LINES = 5
_ALL_OR_NOTHING = {"ALL_OR_NOTHING", "-1"}
_NEIGHBOURS = {"RELATIVE_NEXT_EXCLUDE_LAST", "1"}
_LENGTH = re.compile(r"[1-9][0-9]{0,5}")


def shortanswer(question: Question) -> Answer:
    """A blank; a stem without a line gets one at its end."""
    stem = question.stem if question.stem.count(BLANK) == 1 else _LINE.sub(BLANK, question.stem)
    whole = [answer for answer in question.answers() if worth(question, answer) == percents.WHOLE]
    if len(whole) < sum(worth(question, answer) > 0 for answer in question.answers()):
        question.gathering.warn("partial_credit_dropped", "a blank is filled right or wrong")
    key: dict[str, Any] = {"blanks": [[literal(question, xml.child_text(answer, "text")) for answer in whole]]}
    if question.is_set("usecase"):
        key["case_sensitive"] = True
    blanked = stem if BLANK in stem else f"{stem} {BLANK}"
    return Answer(ItemType.FILL_IN, {"blanks": 1}, key, blanked, question.feedback())


def literal(question: Question, text: str) -> str:
    """Return an accepted answer; Moodle's wildcard is none here, and named."""
    if _WILDCARD.search(text):
        question.gathering.warn("wildcard_literal", f"the * in {text[:80]!r} stands for itself here")
    return text.replace("\\*", "*")


def numerical(question: Question) -> Answer:
    """A number with its tolerance; of several the first that earns everything."""
    whole = [answer for answer in question.answers() if worth(question, answer) == percents.WHOLE]
    if not whole:
        raise Unreadable("no_full_mark", "no number earns everything")
    if sum(worth(question, answer) > 0 for answer in question.answers()) > 1:
        question.gathering.warn("partial_credit_dropped", "of several numbers the first that earns everything is kept")
    value, tolerance = xml.child_text(whole[0], "text"), xml.child_text(whole[0], "tolerance") or "0"
    key = {"value": str(percents.number(value)), "tolerance": str(percents.number(tolerance))}
    return Answer(ItemType.NUMERIC, _unit(question), key, feedback=question.feedback())


def _unit(question: Question) -> dict[str, str]:
    units = xml.child(question.element, "units")
    told = [] if units is None else list(xml.children(units, "unit"))
    plain = [unit for unit in told if percents.number(xml.child_text(unit, "multiplier") or "1") == 1]
    if len(told) > 1 or len(plain) < len(told):
        question.gathering.warn("units_dropped", ", ".join(xml.child_text(unit, "unit_name") for unit in told))
    return {"unit": xml.child_text(plain[0], "unit_name")} if plain else {}


def essay(question: Question) -> Answer:
    """A text that people mark; the information for graders is the reference, its list the points to look for."""
    if question.said("attachmentsrequired") not in {"", "0"}:
        raise Unmodelled("files_asked_for", "the essay is handed in as files")
    reference, points = _graders(question)
    lines = question.said("responsefieldlines")
    if question.tagged[tagging.TYPE] == ItemType.SHORT_ANSWER or (lines.isdecimal() and int(lines[:3]) <= SHORT_LINES):
        return Answer(ItemType.SHORT_ANSWER, {}, {"reference": reference, "points": points})
    length = question.tagged[tagging.LENGTH]
    content = {"length": int(length)} if _LENGTH.fullmatch(length) else {}
    return Answer(ItemType.EXTENDED_ANSWER, content, {"reference": reference, "points": points})


def _graders(question: Question) -> tuple[str, list[str]]:
    """Return the reference, and the points to look for when the file was written by us."""
    reference, _, listed = question.fragment(xml.child(question.element, "graderinfo")).partition(POINTS_BEGIN)
    points = [question.gathering.aside(point) for point in _POINT.findall(listed)]
    return question.gathering.aside(reference), points


def matching(question: Question) -> Answer:
    """Pairs; an answer without a question is one more to choose among."""
    pairs = [(one, xml.child_text(_answer(one), "text")) for one in question.answers("subquestion")]
    rights = list(dict.fromkeys(right for _, right in pairs))
    lefts = [(question.option("", one), right) for one, right in pairs]
    kept = [(option, right) for option, right in lefts if option["text"] or "media" in option]
    options = [{**option, "id": lettering.letter(place)} for place, (option, _) in enumerate(kept)]
    matches = [{"id": str(place), "text": right} for place, right in enumerate(rights, start=1)]
    key: dict[str, Any] = {
        "pairs": {option["id"]: str(rights.index(right) + 1) for option, (_, right) in zip(options, kept, strict=True)}
    }
    if question.tagged[tagging.SCORING] == tagging.EXACT:
        key["scoring"] = "EXACT"
    return Answer(ItemType.MATCHING, {"options": options, "matches": matches}, key)


def _answer(subquestion: Element) -> Element:
    found = xml.child(subquestion, "answer")
    if found is None:
        raise Unreadable("pair_incomplete", "a pair has no answer")
    return found


def ordering(question: Question) -> Answer:
    """Steps, which stand in the file in their order."""
    options = [question.option(lettering.letter(place), one) for place, one in enumerate(question.answers())]
    grading = question.said("gradingtype")
    scoring = "EXACT" if grading in _ALL_OR_NOTHING else "PAIRS"
    if grading not in _ALL_OR_NOTHING | _NEIGHBOURS:
        question.gathering.warn("scoring_approximated", f"{grading or 'each place'} is marked by neighbouring pairs")
    key = {"order": [option["id"] for option in options], "scoring": scoring}
    return Answer(ItemType.ORDERING, {"options": options}, key, feedback=question.feedback())

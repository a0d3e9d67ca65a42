"""Moodle's texts with embedded answers, `{1:SHORTANSWER:=right~wrong}`: a blank, a gap, a number, or a composite."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange import lettering, percents, xml
from questionbank.interchange.gathering import Unmodelled, Unreadable
from questionbank.interchange.moodle.answers import literal
from questionbank.interchange.moodle.question import Answer, Question
from questionbank.kinds import ItemType

_GAP = re.compile(r"\{(\d{0,3}):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_CLOSING = re.compile(r"(?<!\\)(?:\\\\)*\}")
_ALTERNATIVES = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<!\\)(?<!&)#")
_WORTH = re.compile(r"%(-?[\d.]+)%")
_ESCAPED = re.compile(r"\\([}~#=\"/])")
_BLANKS = frozenset({"SHORTANSWER", "SA", "MW"})
_CASED = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_NUMBERS = frozenset({"NUMERICAL", "NM"})
_ONE = re.compile(r"(?:MULTICHOICE|MC)(?:_?[VHS]+)?")
_SEVERAL = re.compile(r"(?:MULTIRESPONSE|MR)(?:_?[HS]+)?")


@dataclass(frozen=True)
class _Gap:
    kind: str
    weight: int
    texts: list[str]
    percents: list[Decimal]

    def right(self) -> list[int]:
        """Return the places of the alternatives that earn everything."""
        return [place for place, percent in enumerate(self.percents) if percent == percents.WHOLE]


def multianswer(question: Question) -> Answer:
    """Blanks or gaps alone are one item; what is mixed, or weighs unlike, is a composite."""
    fragment = question.fragment(xml.child(question.element, "questiontext"))
    end = max((met.end() for met in _CLOSING.finditer(fragment)), default=0)
    fragment, rest = fragment[:end], fragment[end:]  # each gap begun in the rest would be searched to its end in vain
    gaps = [_gap(question, *met.groups()) for met in _GAP.finditer(fragment)]
    if not gaps:
        raise Unreadable("gap_unanswered", "the text has no embedded answer")
    whole = _UNIFORM.get(gaps[0].kind) if len({(gap.kind, gap.weight) for gap in gaps}) == 1 else None
    if whole and (len(gaps) == 1 or gaps[0].kind not in {"number", "several"}):
        stem = _GAP.sub(BLANK if gaps[0].kind in _WITH_LINE else "", fragment)
        return whole(question, gaps, question.gathering.text(stem + rest))
    numbers = iter(range(1, len(gaps) + 1))
    stem = _GAP.sub(lambda _met: f"（{next(numbers)}）{BLANK}", fragment)
    return _composite(question, gaps, question.gathering.text(stem + rest))


def _gap(question: Question, weight: str, kind: str, body: str) -> _Gap:
    alternatives = [_alternative(question, text) for text in _ALTERNATIVES.split(body.strip()) if text.strip()]
    texts, worths = [text for text, _ in alternatives], [worth for _, worth in alternatives]
    gap = _Gap(_kind(kind), int(weight or 1) or 1, texts, worths)
    if gap.kind != "several" and any(worth not in {0, percents.WHOLE} for worth in worths):
        question.gathering.warn("partial_credit_dropped", "an embedded answer is right or wrong")
    return gap


def _kind(told: str) -> str:
    for kind, fits in (
        ("blank", told in _BLANKS),
        ("cased", told in _CASED),
        ("number", told in _NUMBERS),
        ("one", _ONE.fullmatch(told)),
        ("several", _SEVERAL.fullmatch(told)),
    ):
        if fits:
            return kind
    raise Unmodelled("cloze_unknown", f"an embedded answer of the kind {told}")


def _alternative(question: Question, text: str) -> tuple[str, Decimal]:
    words, *feedback = _FEEDBACK.split(text.strip(), maxsplit=1)
    if feedback and feedback[0].strip():
        question.gathering.warn("feedback_dropped", "what is said to embedded answers is not kept")
    worth = Decimal(0)
    if words.startswith("="):
        words, worth = words[1:], percents.WHOLE
    elif told := _WORTH.match(words):
        words, worth = words[told.end() :], percents.percent(told[1], question.gathering.warn)
    return question.gathering.text(_ESCAPED.sub(r"\1", words)), worth


def _accepted(question: Question, gap: _Gap) -> list[str]:
    return [literal(question, gap.texts[place]) for place in gap.right()]


def _fill_in(question: Question, gaps: list[_Gap], stem: str) -> Answer:
    key: dict[str, Any] = {"blanks": [_accepted(question, gap) for gap in gaps]}
    if gaps[0].kind == "cased":
        key["case_sensitive"] = True
    return Answer(ItemType.FILL_IN, {"blanks": len(gaps)}, key, stem)


def _inline_choice(_question: Question, gaps: list[_Gap], stem: str) -> Answer:
    options = [_options(gap) for gap in gaps]
    right = [lettering.letter(_one(gap)) for gap in gaps]
    return Answer(ItemType.INLINE_CHOICE, {"gaps": options}, {"gaps": right}, stem)


def _numeric(_question: Question, gaps: list[_Gap], stem: str) -> Answer:
    value, _, tolerance = gaps[0].texts[_one(gaps[0])].partition(":")
    key = {"value": str(percents.number(value)), "tolerance": str(percents.number(tolerance or "0"))}
    return Answer(ItemType.NUMERIC, {}, key, stem)


def _multiple(question: Question, gaps: list[_Gap], stem: str) -> Answer:
    worths = {lettering.letter(place): worth for place, worth in enumerate(gaps[0].percents)}
    key = percents.scoring(worths, question.gathering.warn)
    return Answer(ItemType.MULTIPLE_CHOICE, {"options": _options(gaps[0])}, key, stem)


def _composite(question: Question, gaps: list[_Gap], stem: str) -> Answer:
    parts, keys = [], {}
    for number, gap in enumerate(gaps, start=1):
        line = BLANK if gap.kind in _WITH_LINE else ""
        read = _UNIFORM[gap.kind](question, [gap], f"（{number}）{line}")
        content = {"stem": read.stem, **read.content}
        parts.append({"id": f"p{number}", "type": read.type.value, "share": gap.weight, "content": content})
        keys[f"p{number}"] = read.key
    return Answer(ItemType.COMPOSITE, {"parts": parts}, {"parts": keys}, stem)


def _options(gap: _Gap) -> list[dict[str, Any]]:
    return [{"id": lettering.letter(place), "text": text} for place, text in enumerate(gap.texts)]


def _one(gap: _Gap) -> int:
    if not gap.right():
        raise Unreadable("no_full_mark", "no embedded answer earns everything")
    return gap.right()[0]


_WITH_LINE = frozenset({"blank", "cased", "one"})
_UNIFORM = {"blank": _fill_in, "cased": _fill_in, "one": _inline_choice, "number": _numeric, "several": _multiple}

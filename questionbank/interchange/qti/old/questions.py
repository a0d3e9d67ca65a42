"""Which question an item of QTI 1.2 asks, by what it is answered with; the dialect's type only decides doubts."""

from fractions import Fraction

from questionbank.interchange.qti.numbers import whole
from questionbank.interchange.qti.old import choices, entries, matching, pictures
from questionbank.interchange.qti.old.fields import TYPES, first
from questionbank.interchange.qti.old.source import OldSource, Response
from questionbank.interchange.qti.source import NotModelled, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_BLANKS = {"fill_in_multiple_blanks_question"}
_NUMBERS = {"numerical_question"}
_WRITTEN = {"essay_question", "cc.essay.v0p1", "essay", "short response"}
_NUMERIC_FIBS = {"decimal", "integer", "scientific"}


def read_question(item: Element, source: OldSource) -> Question:
    """Return the question. Raises NotModelled, BadNumber."""
    stem = source.stem()
    if not source.responses:
        return _unanswered(item, stem, source)
    if len(source.responses) == 1:
        return _one(item, source.responses[0], stem, source)
    if first(source.fields, TYPES) in _BLANKS or all(_is_blank(response) for response in source.responses):
        return entries.read_blanks(source.responses, stem, source)
    if all(response.kind == "response_lid" and response.cardinality == "single" for response in source.responses):
        return _several(stem, source)
    return _composite(item, stem, source)


def _unanswered(item: Element, stem: str, source: OldSource) -> Question:
    """Return the question of an essay, which Blackboard gives no response."""
    if first(source.fields, TYPES).lower() not in _WRITTEN or not stem:
        raise NotModelled("no_interaction", "nothing is asked")
    return entries.read_text(source.presentation, stem, source, entries.answer_of(item, source))


def _several(stem: str, source: OldSource) -> Question:
    names = [source.gathering.text(response.shown) for response in source.responses]
    if all(name and f"[{name}]" in stem for name in names):
        return matching.read_gaps(source.responses, stem, source)
    if matching.is_matching(source.responses):
        return matching.read_matching(source.responses, stem, source)
    return matching.read_gaps(source.responses, stem, source)


def _one(item: Element, response: Response, stem: str, source: OldSource) -> Question:
    stem = "\n".join(text for text in (stem, _own_words(response, source)) if text)
    if next(response.element.iter("render_hotspot"), None) is not None:
        return pictures.read_hotspot(response, stem, source)
    if response.kind == "response_grp":
        return matching.read_group(response, stem, source)
    if first(source.fields, TYPES) in _BLANKS:
        return entries.read_blanks([response], source.stem(), source)
    if response.kind == "response_lid" and response.labels:
        return choices.read_choice(response, stem, source)
    return _entered(item, response, stem, source)


def _own_words(response: Response, source: OldSource) -> str:
    is_named = first(source.fields, TYPES) in _BLANKS
    return "" if is_named else source.gathering.text(response.shown)


def _entered(item: Element, response: Response, stem: str, source: OldSource) -> Question:
    kind = first(source.fields, TYPES).lower()
    if kind in _NUMBERS or response.kind == "response_num" or _fib(response, "fibtype") in _NUMERIC_FIBS:
        return entries.read_number(response, stem, source)
    rows = _fib(response, "rows")
    if kind in _WRITTEN or not source.of(response) or whole(rows) > 1:
        return entries.read_text(response.element, stem, source, entries.answer_of(item, source))
    return entries.read_blanks([response], stem, source)


def _is_blank(response: Response) -> bool:
    return response.kind == "response_str" and _fib(response, "fibtype") not in _NUMERIC_FIBS


def _fib(response: Response, name: str) -> str:
    rendered = next(response.element.iter("render_fib"), None)
    return "" if rendered is None else rendered.get(name, "").lower()


def _composite(item: Element, stem: str, source: OldSource) -> Question:
    """Return the parts of the item, one for each response, of equal share."""
    parts, keys = [], {}
    for number, response in enumerate(source.responses, 1):
        part = source.part()
        read = _one(item, response, "", part)
        content = read.content if read.content["stem"].strip() else {**read.content, "stem": f"（{number}）"}
        parts.append({"id": f"p{number}", "type": read.type.value, "share": 1, "content": content})
        keys[f"p{number}"] = read.key
    content = source.gathering.content(stem, parts=parts)
    return Question(ItemType.COMPOSITE, content, {"parts": keys}, Fraction(len(parts)))

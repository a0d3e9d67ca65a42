"""One item of QTI 1.2."""

from collections.abc import Iterator, Mapping

from questionbank.interchange import xml
from questionbank.interchange.gathering import Find, Gathering
from questionbank.interchange.model import Event, ReadItem, Unsupported
from questionbank.interchange.qti.declarations import BadNumber
from questionbank.interchange.qti.metadata import DIFFICULTIES
from questionbank.interchange.qti.old.conditions import conditions
from questionbank.interchange.qti.old.fields import POINTS, TAGS, TYPES, fields_of, first, rest
from questionbank.interchange.qti.old.materials import fragment, responses
from questionbank.interchange.qti.old.questions import read_question
from questionbank.interchange.qti.old.source import OldSource, response_of
from questionbank.interchange.qti.source import NotModelled, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import Difficulty

_OWN_WORDS = {"easy": Difficulty.EASY, "hard": Difficulty.HARD, "易": Difficulty.EASY, "难": Difficulty.HARD}
_UNMODELLED = {
    "calculated_question": "formula",
    "file_upload_question": "upload",
    "text_only_question": "text",
    "cc.pattern_match.v0p1": "pattern",
}


def read_item(item: Element, source: str, where: str, find: Find) -> Iterator[Event]:
    """Yield the item of a tree without namespaces, after its warnings; or Unsupported with its source."""
    fields = fields_of(item)
    gathering = Gathering(where, find)
    try:
        reading = _source(item, fields, gathering, find)
        question = read_question(item, reading)
    except NotModelled as reason:
        yield Unsupported(where, reason.kind, reason.detail, source)
        return
    except BadNumber as reason:
        yield Unsupported(where, "number", str(reason), source)
        return
    read = _item(item, question, where, reading)
    yield from dict.fromkeys(problem for one in reading.gatherings for problem in one.problems())
    yield read


def _source(item: Element, fields: Mapping[str, str], gathering: Gathering, find: Find) -> OldSource:
    kind = first(fields, TYPES)
    if kind in _UNMODELLED:
        raise NotModelled(_UNMODELLED[kind], kind)
    presentation = xml.child(item, "presentation")
    if presentation is None:
        raise NotModelled("no_interaction", "it has no presentation")
    found = [response_of(element) for element in responses(presentation)]
    return OldSource(gathering, find, presentation, found, conditions(item), fields, [])


def _item(item: Element, question: Question, where: str, source: OldSource) -> ReadItem:
    media = {
        found.digest: found for found in [found for one in source.gatherings for found in one.media] + source.pictures
    }
    told = _explanation(item, question, source)
    title = item.get("title", "")
    extras = {"title": title} if title and title != question.content["stem"] else {}
    fields = rest(source.fields)
    return ReadItem(
        where=where,
        type=question.type,
        content=question.content,
        key=question.key,
        explanation=told,
        external_id=item.get("ident", ""),
        difficulty=_difficulty(source.fields),
        tags=tuple(tag.strip() for tag in first(source.fields, TAGS).split(",") if tag.strip()),
        points=first(source.fields, POINTS),
        media=tuple(media.values()),
        extras=extras | ({"metadata": fields} if fields else {}),
    )


def _explanation(item: Element, question: Question, source: OldSource) -> str:
    """Return the feedback, each text once, but for the reference answer; it shows no media."""
    aside = Gathering(source.gathering.where)
    told = [aside.text(fragment(feedback)) for feedback in item.iter("itemfeedback")]
    for problem in aside.problems():
        source.gathering.warn(problem.code, problem.detail)
    return "\n".join(dict.fromkeys(text for text in told if text and text != question.key.get("reference")))


def _difficulty(fields: Mapping[str, str]) -> Difficulty | None:
    said = first(fields, ("difficulty", "qmd_levelofdifficulty")).lower()
    return (DIFFICULTIES | _OWN_WORDS | {"中": Difficulty.MEDIUM}).get(said)

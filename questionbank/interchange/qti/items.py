"""One item of QTI 2 or 3: read into the bank's model, or kept as source with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from questionbank.interchange import xml
from questionbank.interchange.gathering import Find, Gathering
from questionbank.interchange.model import Event, ReadItem, Unsupported
from questionbank.interchange.qti.bodies import read_body
from questionbank.interchange.qti.declarations import BadNumber, declarations, number
from questionbank.interchange.qti.metadata import Metadata
from questionbank.interchange.qti.numbers import decimal_text, whole
from questionbank.interchange.qti.processing import score_of
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question
from questionbank.interchange.qti.sums import UnknownProcessing
from questionbank.interchange.qti.written import explanation, unread_rubrics
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

TOOL, UNNAMED = "examsvc", "examsvc-item-"  # the identifier that we give to an item without one
_PLACES_OF_POINTS = 6
_KEPT = {"label": "label", "language": "{http://www.w3.org/XML/1998/namespace}lang", "tool": "toolName"}


@dataclass(frozen=True)
class Surroundings:
    """Where an item stands, what is said of it there, and how the media that it names are found."""

    where: str
    find: Find
    metadata: Metadata = field(default_factory=Metadata)


def read_item(tree: Element, source: str, around: Surroundings) -> Iterator[Event]:
    """Yield the item of a tree with plain names, after its warnings; or Unsupported with its source."""
    try:
        item, reading = _read(tree, around)
    except (NotModelled, UnknownProcessing, BadNumber) as reason:
        yield Unsupported(around.where, _kind(reason), str(reason), source)
        return
    yield from reading.problems()
    yield item


def _kind(reason: Exception) -> str:
    if isinstance(reason, NotModelled):
        return reason.kind
    return "processing" if isinstance(reason, UnknownProcessing) else "number"


def _read(tree: Element, around: Surroundings) -> tuple[ReadItem, ItemSource]:
    _check_plainness(tree)
    declared = declarations(tree)
    gathering = Gathering(around.where, around.find)
    source = ItemSource(around.where, around.find, gathering, declared, score_of(tree, declared))
    body = tree.find("itemBody")
    if body is None:
        raise NotModelled("no_interaction", "it has no body")
    question = _with_shares(read_body(body, tree.get("title", ""), source), tree)
    told = explanation(tree, source)
    _count_plays(tree, question.content, around.find)
    return _item(tree, question, told, around, source), source


def _check_plainness(tree: Element) -> None:
    if tree.get("adaptive") == "true":
        raise NotModelled("adaptive", "its feedback depends on earlier attempts")
    if any(tree.find(name) is not None for name in ("templateDeclaration", "templateProcessing")):
        raise NotModelled("template", "it is made anew for each candidate")


def _item(tree: Element, question: Question, told: str, around: Surroundings, source: ItemSource) -> ReadItem:
    metadata, identifier = around.metadata, tree.get("identifier", "")
    return ReadItem(
        where=around.where,
        type=question.type,
        content=question.content,
        key=question.key,
        explanation=told,
        code=metadata.code,
        external_id=metadata.external_id or ("" if identifier.startswith(UNNAMED) else identifier),
        difficulty=metadata.difficulty,
        work_task=metadata.work_task,
        knowledge_point=metadata.knowledge_point,
        tags=metadata.tags,
        points=_points(tree, question),
        media=source.media,
        extras=_extras(tree, question) | dict(metadata.extras),
    )


def _points(tree: Element, question: Question) -> str:
    """Return what the item says it is worth, else what its processing gives if that is not just 1."""
    outcomes = {outcome.get("identifier"): outcome for outcome in tree.iterfind("outcomeDeclaration")}
    most = outcomes["MAXSCORE"].findtext("defaultValue/value") if "MAXSCORE" in outcomes else None
    if most is None and "SCORE" in outcomes:
        most = outcomes["SCORE"].get("normalMaximum")
    if most is not None:
        return decimal_text(number(most))
    worth = round(question.worth, _PLACES_OF_POINTS)  # three thirds, written to 8 places, mean a whole
    is_told = question.type is not ItemType.COMPOSITE and worth not in {0, 1}
    return decimal_text(worth) if is_told else ""


def _with_shares(question: Question, tree: Element) -> Question:
    """Return the composite with the shares that its parts' outcomes name, when all of them do."""
    if question.type is not ItemType.COMPOSITE:
        return question
    parts = question.content["parts"]
    most = {
        outcome.get("identifier"): outcome.get("normalMaximum", "") for outcome in tree.iterfind("outcomeDeclaration")
    }
    named = [whole(most.get(f"SCORE_{part['id']}")) for part in parts]
    if all(named):
        for part, share in zip(parts, named, strict=True):
            part["share"] = share
    return question


def _extras(tree: Element, question: Question) -> dict[str, Any]:
    if tree.get("toolName") == TOOL:
        return {}
    kept = {name: tree.get(attribute, "") for name, attribute in _KEPT.items()}
    title = tree.get("title", "")
    kept["title"] = title if title != question.content["stem"] else ""
    extras: dict[str, Any] = {name: text for name, text in kept.items() if text}
    rubrics = unread_rubrics(tree)
    return extras | ({"rubrics": rubrics} if rubrics else {})


def _count_plays(tree: Element, content: Any, find: Find) -> None:
    """Note in the content how often a sound or film may be played."""
    plays: dict[str, int] = {}
    for player in tree.iter("mediaInteraction"):
        shown = next(
            (one.get("data") or one.get("src") for one in xml.children(player, "object", "audio", "video")), ""
        )
        most, found = whole(player.get("maxPlays")), find(shown or "")
        if found is not None and most:
            plays[found.digest] = most
    for entry in _entries(content):
        if entry["digest"] in plays:
            entry["plays"] = plays[entry["digest"]]


def _entries(content: Any) -> Iterator[dict[str, Any]]:
    yield from content.get("media", [])
    for part in content.get("parts", []):
        yield from _entries(part["content"])

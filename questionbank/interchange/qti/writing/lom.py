"""What a manifest says of an item: learning object metadata."""

import json
from collections.abc import Mapping

from lxml import etree

from questionbank.interchange.model import ReadItem
from questionbank.interchange.qti.metadata import CODE, EXTRAS, IDENTIFIER, KNOWLEDGE_POINT, WORK_TASK
from questionbank.interchange.qti.writing.markup import permitted
from questionbank.interchange.qti.writing.responses import is_name
from questionbank.interchange.xml import Element
from questionbank.kinds import Difficulty

LOM = "http://ltsc.ieee.org/xsd/LOM"
_DIFFICULTIES = {Difficulty.EASY: "easy", Difficulty.MEDIUM: "medium", Difficulty.HARD: "difficult"}
_VOCABULARY = "LOMv1.0"


def lom(item: ReadItem) -> Element:
    """Return the item's metadata, without elements that would be empty."""
    general = _identifiers(item) + [_tag("keyword", _string(tag)) for tag in item.tags]
    difficulty = [_chosen("difficulty", _DIFFICULTIES[item.difficulty])] if item.difficulty else []
    purposes = {WORK_TASK: item.work_task, KNOWLEDGE_POINT: item.knowledge_point}
    classified = [_classification(purpose, said) for purpose, said in purposes.items() if said]
    sections = [("general", general), ("educational", difficulty), ("annotation", _annotation(item.extras))]
    return _tag("lom", *(_tag(name, *inner) for name, inner in sections if inner), *classified)


def _identifiers(item: ReadItem) -> list[Element]:
    told = {CODE: item.code, IDENTIFIER: "" if is_name(item.external_id) else item.external_id}
    return [
        _tag("identifier", _tag("catalog", text=catalog), _tag("entry", text=entry))
        for catalog, entry in told.items()
        if entry
    ]


def _annotation(extras: Mapping[str, object]) -> list[Element]:
    if not extras:
        return []
    told = json.dumps(extras, ensure_ascii=False, sort_keys=True)
    return [_tag("entity", text=EXTRAS), _tag("description", _string(told))]


def _classification(purpose: str, said: str) -> Element:
    taxa = _tag("taxon", _tag("entry", _string(said)))
    path = _tag("taxonPath", _tag("source", _string(purpose)), taxa)
    return _tag("classification", _chosen("purpose", purpose), path)


def _chosen(name: str, value: str) -> Element:
    return _tag(name, _tag("source", text=_VOCABULARY), _tag("value", text=value))


def _string(text: str) -> Element:
    return _tag("string", text=text)


def _tag(name: str, *children: Element, text: str = "") -> Element:
    element = etree.Element(f"{{{LOM}}}{name}")
    element.text = permitted(text) or None
    element.extend(children)
    return element

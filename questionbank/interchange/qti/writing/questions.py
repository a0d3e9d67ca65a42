"""What is asked, type by type."""

from collections.abc import Callable
from dataclasses import replace

from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.qti.writing import arranging, choosing, entering, responses
from questionbank.interchange.qti.writing.asking import Asked, Json
from questionbank.interchange.qti.writing.markup import paragraph
from questionbank.interchange.qti.writing.rubrics import marking
from questionbank.interchange.qti.writing.scoring import Scoring
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.qti.written import EXTENDED, SHORT
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType


def asked(kind: ItemType, content: Json, key: Json, response: str) -> Asked:
    """Return the question with its stem and media; its responses are named after `response`."""
    question = _WRITERS[kind](content, key, response)
    if kind in _WITHIN_TEXT:
        return question
    return replace(question, blocks=[paragraph(content["stem"]), *question.blocks])


def _short_answer(_content: Json, key: Json, response: str) -> Asked:
    return _written(key, made("extendedTextInteraction", responseIdentifier=response, class_=SHORT), response)


def _extended_answer(content: Json, key: Json, response: str) -> Asked:
    length = {"expectedLength": str(content["length"])} if content.get("length") else {}
    interaction = made("extendedTextInteraction", responseIdentifier=response, class_=EXTENDED, **length)
    return _written(key, interaction, response)


def _written(key: Json, interaction: Element, response: str) -> Asked:
    declared = responses.declared(response, "single", "string", [])
    return Asked([interaction], [declared], Scoring(Rule.EXTERNAL, [response]), [marking(key)])


_WITHIN_TEXT = {ItemType.FILL_IN, ItemType.INLINE_CHOICE}
_WRITERS: dict[ItemType, Callable[[Json, Json, str], Asked]] = {
    ItemType.SINGLE_CHOICE: choosing.single_choice,
    ItemType.MULTIPLE_CHOICE: choosing.multiple_choice,
    ItemType.TRUE_FALSE: choosing.true_false,
    ItemType.FILL_IN: entering.fill_in,
    ItemType.NUMERIC: entering.numeric,
    ItemType.INLINE_CHOICE: entering.inline_choice,
    ItemType.ORDERING: arranging.ordering,
    ItemType.MATCHING: arranging.matching,
    ItemType.HOTSPOT: arranging.hotspot,
    ItemType.SHORT_ANSWER: _short_answer,
    ItemType.EXTENDED_ANSWER: _extended_answer,
}

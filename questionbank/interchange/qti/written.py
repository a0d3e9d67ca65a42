"""Texts that people mark: the reference answer and the points to look for stand in blocks that only they see."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from questionbank.interchange import xml
from questionbank.interchange.qti.numbers import whole
from questionbank.interchange.qti.prose import said
from questionbank.interchange.qti.source import ItemSource, Question
from questionbank.interchange.qti.sums import Rule, Term
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

SHORT, EXTENDED = "short-answer", "extended-answer"
REFERENCE, POINT, EXPLANATION = "reference", "point", "explanation"
PART, MARKING = "part-", "marking-"  # a part of a composite, and the block of the body for who marks it
_LONG_CHARACTERS, _LONG_LINES = 200, 8


def read_text(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of an extendedTextInteraction, without a reference where none is told."""
    length = whole(interaction.get("expectedLength"))
    more: dict[str, Any] = {}
    kind = _kind(interaction, length)
    if kind is ItemType.EXTENDED_ANSWER and length:
        more["length"] = length
    content = source.gathering.content(source.stem_of(texts, interaction), **more)
    return Question(kind, content, _key(interaction, source), _worth(interaction, source))


def _kind(interaction: Element, length: int) -> ItemType:
    named = _classes(interaction)
    lines = whole(interaction.get("expectedLines"))
    is_long = length >= _LONG_CHARACTERS or lines >= _LONG_LINES
    if EXTENDED in named or (SHORT not in named and is_long):
        return ItemType.EXTENDED_ANSWER
    return ItemType.SHORT_ANSWER


def _key(interaction: Element, source: ItemSource) -> dict[str, Any]:
    blocks = [block for block in _rubrics(interaction) if "scorer" in block.get("view", "").split()]
    references = [found for block in blocks for found in block.iter("div") if found.get("class") == REFERENCE]
    points = [found for block in blocks for found in block.iter("li") if found.get("class") == POINT]
    aside = source.aside()
    reference = aside.stem(references or _free(blocks)) or "\n".join(_declared(interaction, source))
    return {"reference": reference, "points": [aside.stem([_bare(point)]) for point in points]}


def _bare(point: Element) -> Element:
    """Return the words of a list's point without its mark."""
    words = said(point)
    words.tag = "div"
    return words


def _free(blocks: Sequence[Element]) -> list[Element]:
    """Return the blocks that others wrote for who marks."""
    return [block for block in blocks if EXPLANATION not in _classes(block)]


def _declared(interaction: Element, source: ItemSource) -> Sequence[str]:
    declared = source.declared.get(interaction.get("responseIdentifier", ""))
    return declared.correct if declared else ()


def _rubrics(interaction: Element) -> list[Element]:
    """Return the rubrics of the part of a composite that the interaction stands in, else of the whole body."""
    body = next(interaction.iterancestors("itemBody"), interaction)
    part = next((one.get("id", "") for one in interaction.iterancestors("div") if "part" in _classes(one)), "")
    named = MARKING + part.removeprefix(PART)
    return [block for block in body.iter("rubricBlock") if not part or block.get("id") == named]


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _worth(interaction: Element, source: ItemSource) -> Fraction:
    outcome = interaction.get("responseIdentifier", "").replace("RESPONSE", "SCORE", 1)
    return source.score.get(Term(Rule.EXTERNAL, outcome), Fraction(0))


def explanation(tree: Element, source: ItemSource) -> str:
    """Return what the item explains: blocks for tutors, and feedback."""
    rubrics = [block for block in tree.iter("rubricBlock") if EXPLANATION in _classes(block)]
    feedback = tree.iter("modalFeedback", "feedbackBlock", "feedbackInline")
    told = [source.aside().gathering.text(said(block)) for block in [*rubrics, *feedback]]
    return "\n".join(dict.fromkeys(text for text in told if text))


def unread_rubrics(tree: Element) -> list[str]:
    """Return the rubrics that neither candidates nor who marks read, and that are no explanation."""
    others = [
        block for block in tree.iter("rubricBlock") if not {"scorer", "candidate"} & {*block.get("view", "").split()}
    ]
    return [xml.text(block) for block in others if EXPLANATION not in _classes(block)]

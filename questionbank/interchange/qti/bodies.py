"""What an item asks, from its body: one question, or the parts of a composite."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from questionbank.interchange.qti import arranging, choices, entries, gaps, pictures, written
from questionbank.interchange.qti.numbers import shares
from questionbank.interchange.qti.prose import INLINE, interactions, is_part, is_text, pieces, prompt
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_Reader = Callable[[Element, Sequence[Element], ItemSource], Question]
_BLOCKS: dict[str, _Reader] = {
    "choiceInteraction": choices.read_choice,
    "orderInteraction": arranging.read_order,
    "matchInteraction": arranging.read_match,
    "associateInteraction": arranging.read_associate,
    "gapMatchInteraction": gaps.read_gap_match,
    "selectPointInteraction": pictures.read_points,
    "hotspotInteraction": pictures.read_hotspots,
    "extendedTextInteraction": written.read_text,
}


def read_body(body: Element, title: str, source: ItemSource) -> Question:
    """Return what the body asks; each part of a composite gathers its own media. Raises NotModelled."""
    asked = interactions(body)
    unknown = sorted({str(one.tag) for one in asked if one.tag not in {*_BLOCKS, *INLINE}})
    if unknown or not asked:
        raise NotModelled(unknown[0] if unknown else "no_interaction", ", ".join(unknown) or "nothing is asked")
    blocks = list(pieces(body))
    return _single(blocks, source) or _composite(blocks, title, source)


def _single(blocks: Sequence[Element], source: ItemSource) -> Question | None:
    """Return the question when one type of the bank holds it all."""
    if any(is_part(block) for block in blocks):
        return None
    asked = [one for block in blocks for one in interactions(block)]
    if len(asked) == 1 and asked[0].tag in _BLOCKS:
        return _BLOCKS[str(asked[0].tag)](asked[0], [block for block in blocks if is_text(block)], source)
    return _within_text(blocks, asked, source)


def _within_text(blocks: Sequence[Element], asked: Sequence[Element], source: ItemSource) -> Question | None:
    if not asked or not all(one.tag in INLINE for one in asked):
        return None
    types = {entries.type_of(one, source) for one in asked}
    if types == {ItemType.FILL_IN}:
        return entries.read_blanks(asked, source.stem(blocks, asked), source)
    if types == {ItemType.INLINE_CHOICE}:
        return entries.read_gaps(asked, source.stem(blocks, asked), source)
    if types == {ItemType.NUMERIC} and len(asked) == 1:
        texts = [block for block in blocks if not entries.only_asks(block)]
        return entries.read_number(asked[0], source.stem(texts, asked), entries.unit_of(blocks), source)
    return None


@dataclass(frozen=True)
class _Unit:
    """One part to be: the texts before it, the block that asks, and what of it belongs to this part."""

    texts: list[Element]
    block: Element
    asked: list[Element]
    id: str = ""


def _composite(blocks: Sequence[Element], title: str, source: ItemSource) -> Question:
    shared, units = _units(blocks)
    stem = source.stem(shared) or title
    read = [_part(unit, number, source.part()) for number, unit in enumerate(units, 1)]
    ids = [unit.id or f"p{number}" for number, unit in enumerate(units, 1)]
    parts = [
        {"id": one, "type": part.type.value, "share": share, "content": part.content}
        for one, part, share in zip(ids, read, shares([part.worth for part in read]), strict=True)
    ]
    key = {"parts": {one: part.key for one, part in zip(ids, read, strict=True)}}
    worth = sum((part.worth for part in read), Fraction(0))
    return Question(ItemType.COMPOSITE, source.gathering.content(stem, parts=parts), key, worth)


def _part(unit: _Unit, number: int, source: ItemSource) -> Question:
    if is_part(unit.block):
        read = _single(list(pieces(unit.block)), source)
    elif unit.block.tag in _BLOCKS:
        read = _BLOCKS[str(unit.block.tag)](unit.block, unit.texts, source)
    else:
        read = _within_text([*unit.texts, unit.block], unit.asked, source)
    if read is None:
        raise NotModelled("nested", "a part of the item asks several things")
    content = read.content if read.content["stem"] else {**read.content, "stem": f"（{number}）"}
    return Question(read.type, content, read.key, read.worth)


def _units(blocks: Sequence[Element]) -> tuple[list[Element], list[_Unit]]:
    """Return what all parts share, and the parts: a text before one belongs to it, but for the beginning and end."""
    waiting: list[Element] = []
    units: list[_Unit] = []
    shared: list[Element] = []
    for block in blocks:
        if is_text(block):
            waiting.append(block)
            continue
        if not units:
            shared, waiting = _divided(waiting, block)
        units += _of_block(waiting, block)
        waiting = []
    return [*shared, *waiting], units


def _divided(texts: list[Element], block: Element) -> tuple[list[Element], list[Element]]:
    """Return what of the first texts is shared; the last of them asks, when the first block has no words itself."""
    has_words = is_part(block) or block.tag not in _BLOCKS or bool(prompt(block))
    return (texts, []) if has_words else (texts[:-1], texts[-1:])


def _of_block(texts: list[Element], block: Element) -> list[_Unit]:
    if is_part(block):
        return [_Unit(texts, block, [], block.get("id", "").removeprefix(written.PART))]
    asked = interactions(block)
    if block.tag in _BLOCKS or (len({one.tag for one in asked}) == 1 and asked[0].tag == "inlineChoiceInteraction"):
        return [_Unit(texts, block, asked)]
    return [_Unit(texts if one is asked[0] else [], block, [one]) for one in asked]

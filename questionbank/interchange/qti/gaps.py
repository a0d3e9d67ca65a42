"""Texts that are put into the gaps of a text: each gap becomes a choice among all of them."""

from collections.abc import Sequence

from questionbank.interchange.qti.arranging import pairs_of
from questionbank.interchange.qti.choices import known, options_of
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType


def read_gap_match(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of a gapMatchInteraction of texts. Raises NotModelled."""
    offered, places = interaction.findall("gapText"), list(interaction.iter("gap"))
    if not offered or interaction.find("gapImg") is not None:
        raise NotModelled("gap_pictures", "pictures are put into the gaps")
    pairs, _, worth = pairs_of(source.declaration(interaction), source)
    placed = {gap: text for text, gap in pairs}
    if len(placed) < len(pairs) or set(placed) != {place.get("identifier", "") for place in places}:
        raise NotModelled("key", "a gap has no text of its own")
    ids, options = options_of(offered, source)
    right = known([placed[place.get("identifier", "")] for place in places], ids)
    source.gathering.warn("texts_reusable", "a text may now be chosen in several gaps")
    body = [child for child in interaction if child.tag != "gapText"]
    stem = source.stem([*texts, *body], places)
    content = source.gathering.content(stem, gaps=[[dict(option) for option in options] for _ in places])
    return Question(ItemType.INLINE_CHOICE, content, {"gaps": right}, worth)

"""Putting in order and matching."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from questionbank.interchange.qti.choices import known, options_of
from questionbank.interchange.qti.declarations import Declaration
from questionbank.interchange.qti.prose import said
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question, right_of
from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

LEFT, RIGHT = "left-", "right-"  # sides share one space of identifiers in QTI
SCORING = {"scoring-pairs": "PAIRS", "scoring-exact": "EXACT"}  # classes: QTI has no rule for neighbours
_SIDES = 2
_Pairs = Sequence[tuple[str, str]]


def read_order(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of an orderInteraction. Raises NotModelled."""
    declaration = source.declaration(interaction)
    _, factor = source.rule(declaration, Rule.CORRECT)
    stem = source.stem_of(texts, interaction)
    ids, options = options_of(interaction.findall("simpleChoice"), source)
    order = known(right_of(declaration), ids)
    if len(order) < len(ids):
        raise NotModelled("key", "only some of the choices are put in order")
    key = {"order": order} | _named_scoring(interaction)
    return Question(ItemType.ORDERING, source.gathering.content(stem, options=options), key, factor)


def read_match(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of a matchInteraction. Raises NotModelled."""
    sides = [match_set.findall("simpleAssociableChoice") for match_set in interaction.findall("simpleMatchSet")]
    if len(sides) != _SIDES:
        raise NotModelled("match", f"{len(sides)} sides")
    pairs, key, worth = pairs_of(source.declaration(interaction), source)
    key = _named_scoring(interaction) | key
    left, right = sides
    if not _is_function(pairs, left):
        left, right, pairs = right, left, [(other, one) for one, other in pairs]
    return _matching((left, right, pairs), source.stem_of(texts, interaction), source, (key, worth))


def _named_scoring(interaction: Element) -> dict[str, Any]:
    """Return the scoring that we named ourselves, nothing in what others wrote."""
    classes = interaction.get("class", "").split()
    return next(({"scoring": scoring} for name, scoring in SCORING.items() if name in classes), {})


def read_associate(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of an associateInteraction, its pairs on two sides. Raises NotModelled."""
    pairs, key, worth = pairs_of(source.declaration(interaction), source)
    choices = interaction.findall("simpleAssociableChoice")
    first = {one for one, _ in pairs}
    left = [choice for choice in choices if choice.get("identifier") in first]
    right = [choice for choice in choices if choice.get("identifier") not in first]
    source.gathering.warn("sides_divided", "what was paired freely now stands on two sides")
    return _matching((left, right, pairs), source.stem_of(texts, interaction), source, (key, worth))


_Sides = tuple[list[Element], list[Element], _Pairs]


def _matching(sides: _Sides, stem: str, source: ItemSource, scoring: tuple[dict[str, Any], Fraction]) -> Question:
    left, right, pairs = sides
    if not _is_function(pairs, left):
        raise NotModelled("match", "one side is matched more than once or not at all")
    left_ids, right_ids = _ids(left, LEFT), _ids(right, RIGHT)
    options, matches = _side(left, left_ids, source), _side(right, right_ids, source)
    rights = known([other for _, other in pairs], right_ids)
    named = dict(zip(known([one for one, _ in pairs], left_ids), rights, strict=True))
    in_order = {one["id"]: named[one["id"]] for one in options}
    key, worth = scoring
    content = source.gathering.content(stem, options=options, matches=matches)
    return Question(ItemType.MATCHING, content, {"pairs": in_order} | key, worth)


def _side(choices: Sequence[Element], ids: Mapping[str, str], source: ItemSource) -> list[dict[str, Any]]:
    return [source.gathering.option(new, said(choice)) for new, choice in zip(ids.values(), choices, strict=True)]


def _ids(choices: Sequence[Element], side: str) -> dict[str, str]:
    identifiers = [choice.get("identifier", "") for choice in choices]
    bare = [identifier.removeprefix(side) for identifier in identifiers]
    if all(identifier.startswith(side) for identifier in identifiers) and len(set(bare)) == len(bare):
        return dict(zip(identifiers, bare, strict=True))
    if len(choices) > len(ascii_lowercase) or len(set(identifiers)) < len(identifiers):
        raise NotModelled("options", f"{len(choices)} options on one side, or two of the same identifier")
    return dict(zip(identifiers, ascii_lowercase, strict=False))


def _is_function(pairs: _Pairs, left: Sequence[Element]) -> bool:
    """Whether each choice of the left side stands in exactly one pair, and nothing else does."""
    return sorted(one for one, _ in pairs) == sorted(choice.get("identifier", "") for choice in left)


def pairs_of(declaration: Declaration, source: ItemSource) -> tuple[_Pairs, dict[str, Any], Fraction]:
    """Return the right pairs, how they are scored, and what they are worth. Raises NotModelled."""
    term, factor = source.rule(declaration, Rule.CORRECT, Rule.MAP)
    if term.rule is Rule.CORRECT:
        return _split(right_of(declaration)), {"scoring": "EXACT"}, factor
    earning = {entry.key: entry.value for entry in declaration.mapped if entry.value > 0}
    if len(set(earning.values())) > 1:
        source.gathering.warn("shares_evened", "its pairs were worth differently much; each is now worth the same")
    if any(entry.value < 0 for entry in declaration.mapped):
        source.gathering.warn("negative_score_dropped", "a wrong pair no longer takes points away")
    keys = [key for key in earning if not declaration.correct or key in declaration.correct]
    return _split(keys), {}, factor * declaration.attainable


def _split(values: Sequence[str]) -> _Pairs:
    pairs = [tuple(value.split()) for value in values]
    if any(len(pair) != _SIDES for pair in pairs):
        raise NotModelled("key", "the correct response names no pairs")
    return [(one, other) for one, other in pairs]

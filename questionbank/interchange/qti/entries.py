"""What is entered or chosen within a text: blanks, numbers, gaps."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from questionbank.interchange import xml
from questionbank.interchange.qti.choices import known, lettered
from questionbank.interchange.qti.declarations import BadNumber, Declaration, number
from questionbank.interchange.qti.numbers import decimal_text
from questionbank.interchange.qti.prose import interactions, said
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question, right_of
from questionbank.interchange.qti.sums import Rule, Term
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

UNIT, LINE_BREAK = "unit", "\u2028"
_NUMERIC = {"float", "integer"}
_PERCENT = 100


def type_of(interaction: Element, source: ItemSource) -> ItemType:
    """Return the type that an interaction within a text makes. Raises NotModelled."""
    if interaction.tag == "inlineChoiceInteraction":
        return ItemType.INLINE_CHOICE
    declaration = source.declaration(interaction)
    rules = {term.rule for term in source.score if term.response == declaration.identifier}
    if Rule.NEAR in rules or (declaration.base_type in _NUMERIC and Rule.MAP not in rules):
        return ItemType.NUMERIC
    return ItemType.FILL_IN


def read_blanks(interactions: Sequence[Element], stem: str, source: ItemSource) -> Question:
    """Return the question of one or more textEntryInteractions. Raises NotModelled."""
    read = [_blank(source.declaration(interaction), source) for interaction in interactions]
    _even([worth for _, _, worth in read], source)
    key: dict[str, Any] = {"blanks": [accepted for accepted, _, _ in read]}
    if any(is_sensitive for _, is_sensitive, _ in read):
        key["case_sensitive"] = True
    worth = sum((worth for _, _, worth in read), Fraction(0))
    return Question(ItemType.FILL_IN, source.gathering.content(stem, blanks=len(read)), key, worth)


def read_gaps(interactions: Sequence[Element], stem: str, source: ItemSource) -> Question:
    """Return the question of one or more inlineChoiceInteractions. Raises NotModelled."""
    read = [_gap(interaction, source) for interaction in interactions]
    _even([worth for _, _, worth in read], source)
    content = source.gathering.content(stem, gaps=[options for options, _, _ in read])
    worth = sum((worth for _, _, worth in read), Fraction(0))
    return Question(ItemType.INLINE_CHOICE, content, {"gaps": [right for _, right, _ in read]}, worth)


def read_number(interaction: Element, stem: str, unit: str, source: ItemSource) -> Question:
    """Return the question of a textEntryInteraction that asks for a number. Raises NotModelled."""
    declaration = source.declaration(interaction)
    term, factor = source.rule(declaration, Rule.NEAR, Rule.CORRECT, Rule.SAME_TEXT)
    right = right_of(declaration)
    if len(right) > 1:
        raise NotModelled("key", "several correct numbers")
    try:
        key = {"value": right[0], "tolerance": _tolerance(term, number(right[0]))}
    except BadNumber as error:
        raise NotModelled("key", f"{right[0]!r} is no number") from error
    content = source.gathering.content(stem, **({"unit": unit} if unit else {}))
    return Question(ItemType.NUMERIC, content, key, factor)


def only_asks(block: Element) -> bool:
    """Whether the block holds a number to be entered, and its unit, and no other words."""
    return bool(interactions(block)) and xml.text(block) == unit_of([block])


def unit_of(blocks: Sequence[Element]) -> str:
    """Return the unit that stands beside a number to be entered, if there is one."""
    units = (span for block in blocks for span in block.iter("span") if span.get("class") == UNIT)
    return next(map(xml.text, units), "")


def _tolerance(term: Term, value: Fraction) -> str:
    mode, given = term.near or ("exact", ())
    if mode == "exact" or not given:
        return "0"
    if len(set(map(number, given))) > 1:
        raise NotModelled("scoring", "the tolerance is wider on one side")
    if mode == "relative":
        return decimal_text(abs(value) * number(given[0]) / _PERCENT)
    return given[0]


def _blank(declaration: Declaration, source: ItemSource) -> tuple[list[str], bool, Fraction]:
    term, factor = source.rule(declaration, Rule.CORRECT, Rule.SAME_TEXT, Rule.MAP)
    if term.rule is not Rule.MAP:
        return list(right_of(declaration)), term.case_sensitive, factor
    best = max((entry.value for entry in declaration.mapped), default=Fraction(0))
    if best <= 0:
        raise NotModelled("no_key", f"no value of {declaration.identifier} earns anything")
    full = [entry for entry in declaration.mapped if entry.value == best]
    partial = [entry.key for entry in declaration.mapped if 0 < entry.value < best]
    if partial:
        source.gathering.warn(
            "partial_credit_dropped", f"{declaration.identifier} accepts no longer: {', '.join(partial)}"
        )
    return [entry.key for entry in full], all(entry.case_sensitive for entry in full), factor * best


def _gap(interaction: Element, source: ItemSource) -> tuple[list[dict[str, str]], str, Fraction]:
    declaration = source.declaration(interaction)
    choices = interaction.findall("inlineChoice")
    ids = lettered([choice.get("identifier", "") for choice in choices])
    options = [
        {"id": ids[choice.get("identifier", "")], "text": source.gathering.text(said(choice)).replace(LINE_BREAK, "\n")}
        for choice in choices
    ]
    right, worth = _right_of_gap(declaration, source, ids)
    return options, right, worth


def _right_of_gap(declaration: Declaration, source: ItemSource, ids: Mapping[str, str]) -> tuple[str, Fraction]:
    term, factor = source.rule(declaration, Rule.CORRECT, Rule.MAP)
    if term.rule is Rule.CORRECT:
        return known(right_of(declaration), ids)[0], factor
    best = [entry.key for entry in declaration.mapped if entry.value == declaration.attainable > 0]
    if len(best) != 1:
        raise NotModelled("scoring", "several options of one gap earn the most")
    if len([entry for entry in declaration.mapped if entry.value > 0]) > 1:
        source.gathering.warn("partial_credit_dropped", f"only {best[0]} of {declaration.identifier} earns points")
    return known(best, ids)[0], factor * declaration.attainable


def _even(worths: Sequence[Fraction], source: ItemSource) -> None:
    if len(set(worths)) > 1:
        source.gathering.warn("shares_evened", "its blanks were worth differently much; each is now worth the same")

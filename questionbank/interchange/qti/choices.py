"""Choosing among options: one, several, or between true and false."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from questionbank.interchange.qti.declarations import Declaration
from questionbank.interchange.qti.numbers import share_text
from questionbank.interchange.qti.prose import said
from questionbank.interchange.qti.source import ItemSource, NotModelled, Question, right_of
from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_TRUE = {"正确", "对", "true", "t", "√", "✓", "yes", "是"}
_FALSE = {"错误", "错", "false", "f", "×", "✗", "no", "否"}


def read_choice(interaction: Element, texts: Sequence[Element], source: ItemSource) -> Question:
    """Return the question of a choiceInteraction. Raises NotModelled."""
    stem = source.stem_of(texts, interaction)
    choices, declaration = interaction.findall("simpleChoice"), source.declaration(interaction)
    ids, options = options_of(choices, source)
    is_single = declaration.cardinality == "single"
    truth = truth_of(options) if is_single else {}
    if truth:
        return _true_false(declaration, stem, source, {choice: truth[new] for choice, new in ids.items()})
    fixed = [ids[choice.get("identifier", "")] for choice in choices if _stays(choice, interaction)]
    content = source.gathering.content(stem, options=options, **({"fixed": fixed} if fixed else {}))
    return (_single if is_single else _multiple)(declaration, source, content, ids)


def options_of(choices: Sequence[Element], source: ItemSource) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return each choice's id in the bank by its identifier, and the options. Raises NotModelled."""
    ids = lettered([choice.get("identifier", "") for choice in choices])
    return ids, [source.gathering.option(new, said(choice)) for new, choice in zip(ids.values(), choices, strict=True)]


def lettered(identifiers: Sequence[str]) -> dict[str, str]:
    """Return each identifier's id in the bank: itself where all are single letters, else a letter."""
    if len(set(identifiers)) < len(identifiers) or len(identifiers) > len(ascii_lowercase):
        raise NotModelled("options", f"{len(identifiers)} options, or two of the same identifier")
    if all(identifier in set(ascii_lowercase) for identifier in identifiers):
        return {identifier: identifier for identifier in identifiers}
    return dict(zip(identifiers, ascii_lowercase, strict=False))


def known(identifiers: Sequence[str], ids: Mapping[str, str]) -> list[str]:
    """Return the ids in the bank of what a key names. Raises NotModelled if it names something else."""
    if not set(identifiers) <= set(ids):
        raise NotModelled("key", "the correct response names what cannot be chosen")
    return [ids[identifier] for identifier in identifiers]


def _stays(choice: Element, interaction: Element) -> bool:
    return interaction.get("shuffle", "false") != "true" or choice.get("fixed") == "true"


def truth_of(options: Sequence[Mapping[str, Any]]) -> dict[str, bool]:
    """Return which option says true and which false, nothing when they say something else."""
    said_by = {option["id"]: option["text"].strip().rstrip("。.").lower() for option in options}
    values = {identifier: text in _TRUE for identifier, text in said_by.items()}
    is_truth = set(said_by.values()) <= _TRUE | _FALSE and sorted(values.values()) == [False, True]
    return values if is_truth else {}


def _true_false(declaration: Declaration, stem: str, source: ItemSource, truth: Mapping[str, bool]) -> Question:
    right, worth = _best(declaration, source)
    if right not in truth:
        raise NotModelled("key", "the correct response names what cannot be chosen")
    return Question(ItemType.TRUE_FALSE, source.gathering.content(stem), {"value": truth[right]}, worth)


def _single(
    declaration: Declaration, source: ItemSource, content: Mapping[str, Any], ids: Mapping[str, str]
) -> Question:
    right, worth = _best(declaration, source)
    return Question(ItemType.SINGLE_CHOICE, content, {"right": known([right], ids)}, worth)


def _best(declaration: Declaration, source: ItemSource) -> tuple[str, Fraction]:
    """Return the one right value and what it earns."""
    term, factor = source.rule(declaration, Rule.CORRECT, Rule.MAP)
    if term.rule is Rule.CORRECT:
        right = right_of(declaration)
        if len(right) > 1:
            raise NotModelled("key", "several correct values of which one can be chosen")
        return right[0], factor
    earning = [entry for entry in declaration.mapped if entry.value > 0]
    if not earning:
        raise NotModelled("no_key", f"no value of {declaration.identifier} earns anything")
    best = [entry.key for entry in earning if entry.value == declaration.attainable]
    if len(best) != 1:
        raise NotModelled("scoring", "several options of one choice earn the most")
    if len(earning) > 1:
        source.gathering.warn("partial_credit_dropped", f"only {best[0]} of {declaration.identifier} earns points")
    return best[0], factor * declaration.attainable


def _multiple(
    declaration: Declaration, source: ItemSource, content: Mapping[str, Any], ids: Mapping[str, str]
) -> Question:
    term, factor = source.rule(declaration, Rule.CORRECT, Rule.MAP)
    if term.rule is Rule.MAP:
        key = _weights(declaration, source, ids)
        return Question(ItemType.MULTIPLE_CHOICE, content, key, factor * declaration.attainable)
    right = known(right_of(declaration), ids)
    key = {"right": right}
    if len(right) == 1:  # one right option among several that may be ticked: a wrong one beside it spoils it
        weights = {new: "1" if new in right else "-1" for new in ids.values()}
        key = {"right": right, "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}
    return Question(ItemType.MULTIPLE_CHOICE, content, key, factor)


def _weights(declaration: Declaration, source: ItemSource, ids: Mapping[str, str]) -> dict[str, Any]:
    most = declaration.attainable
    if most <= 0:
        raise NotModelled("no_key", f"no value of {declaration.identifier} earns anything")
    worths = {entry.key: entry.value for entry in declaration.mapped}
    if declaration.default:
        worths = dict.fromkeys(ids, declaration.default) | worths
    known(list(worths), ids)
    least = declaration.least
    if (least is None and any(worth < 0 for worth in worths.values())) or (least is not None and least < 0):
        source.gathering.warn("negative_score_dropped", f"{declaration.identifier} could earn less than nothing")
    weights = {ids[key]: share_text(worth / most) for key, worth in worths.items()}
    right = [new for key, new in ids.items() if worths.get(key, 0) > 0]
    floor = share_text(max(least or Fraction(0), Fraction(0)) / most)
    return {"right": right, "scoring": {"mode": "MAP", "weights": weights, "least": floor}}

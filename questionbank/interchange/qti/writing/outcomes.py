"""Outcomes of an item: its score, what it is worth, and those of a composite's parts."""

from fractions import Fraction

from questionbank.interchange.model import ReadItem
from questionbank.interchange.qti.numbers import decimal_text
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType


def outcomes(item: ReadItem, points: Fraction | None) -> list[Element]:
    """Return the declarations; the points are told only where they are known."""
    most = {} if points is None else {"normalMaximum": decimal_text(points)}
    whole = [_outcome("SCORE", "0", **most)] + ([] if points is None else [_outcome("MAXSCORE", decimal_text(points))])
    return whole + _of_parts(item)


def _outcome(identifier: str, default: str = "", **more: str) -> Element:
    values = [made("defaultValue", made("value", default))] if default else []
    return made("outcomeDeclaration", *values, identifier=identifier, cardinality="single", baseType="float", **more)


def _of_parts(item: ReadItem) -> list[Element]:
    """Return the outcome of each part; that of a written part has no value until people set it."""
    outcomes = []
    for part in item.content.get("parts", []):
        default = "" if ItemType(part["type"]).is_written else "0"
        outcomes.append(_outcome(f"SCORE_{part['id']}", default, normalMaximum=str(part["share"])))
    return outcomes


def mark_external(root: Element) -> None:
    """Say which outcomes people set: SCORE where nothing else does, and those of written parts."""
    has_rules = root.find("responseProcessing") is not None
    for outcome in root.iterfind("outcomeDeclaration"):
        is_whole = outcome.get("identifier") == "SCORE" and not has_rules
        is_part = outcome.get("identifier", "").startswith("SCORE_") and outcome.find("defaultValue") is None
        if is_whole or is_part:
            outcome.set("externalScored", "human")

"""What is entered or chosen within a text, as it is written."""

from fractions import Fraction

from questionbank.interchange.qti.entries import LINE_BREAK, UNIT
from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.qti.writing import responses
from questionbank.interchange.qti.writing.asking import Asked, Json, numbered
from questionbank.interchange.qti.writing.markup import paragraph, permitted, showable
from questionbank.interchange.qti.writing.scoring import Scoring
from questionbank.interchange.qti.writing.trees import Child, made
from questionbank.interchange.xml import Element


def fill_in(content: Json, key: Json, response: str) -> Asked:
    """Return blanks within the stem."""
    names = numbered(response, len(key["blanks"]))
    entries = [made("textEntryInteraction", responseIdentifier=name) for name in names]
    sensitive = key.get("case_sensitive", False)
    declared = [
        responses.declared(
            name, "single", "string", accepted[:1], responses.mapping(dict.fromkeys(accepted, "1"), sensitive=sensitive)
        )
        for name, accepted in zip(names, key["blanks"], strict=True)
    ]
    return Asked([paragraph(content["stem"], entries)], declared, Scoring(Rule.MAP, names, Fraction(len(names))))


def numeric(content: Json, key: Json, response: str) -> Asked:
    """Return a number to be entered, with its unit."""
    unit: list[Child] = [" ", made("span", permitted(content["unit"]), class_=UNIT)] if content.get("unit") else []
    answer = made("p", made("textEntryInteraction", responseIdentifier=response), *unit)
    declared = responses.declared(response, "single", "float", [key["value"]])
    return Asked([answer], [declared], Scoring(Rule.NEAR, [response], tolerance=key["tolerance"]))


def inline_choice(content: Json, key: Json, response: str) -> Asked:
    """Return lists within the stem."""
    names = numbered(response, len(key["gaps"]))
    gaps = [_gap(options, name) for options, name in zip(content["gaps"], names, strict=True)]
    right = [responses.identifier(one) for one in key["gaps"]]
    declared = [
        responses.declared(name, "single", "identifier", [one], responses.mapping({one: "1"}))
        for name, one in zip(names, right, strict=True)
    ]
    return Asked([paragraph(content["stem"], gaps)], declared, Scoring(Rule.MAP, names, Fraction(len(names))))


def _gap(options: list[Json], response: str) -> Element:
    """Return a gap; its options hold plain text alone, so formulas stay LaTeX."""
    choices = [made("inlineChoice", _line(one["text"]), identifier=responses.identifier(one["id"])) for one in options]
    return made("inlineChoiceInteraction", *choices, responseIdentifier=response, shuffle="false")


def _line(text: str) -> str:
    """Return the text with its line breaks as a character, for no element may break a line there."""
    return showable(text).replace("\n", LINE_BREAK)

"""What is asked, type by type: blocks of the body, declarations of responses, and how they are scored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from questionbank.interchange.qti.arranging import BY_PAIRS, LEFT, RIGHT
from questionbank.interchange.qti.entries import UNIT
from questionbank.interchange.qti.processing import Rule
from questionbank.interchange.qti.writing import responses
from questionbank.interchange.qti.writing.markup import address, option, paragraph
from questionbank.interchange.qti.writing.rubrics import marking
from questionbank.interchange.qti.writing.scoring import Scoring
from questionbank.interchange.qti.writing.trees import Child, made
from questionbank.interchange.qti.written import EXTENDED, SHORT
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question as it is written. `rubrics` are for who marks, and stand in the body itself."""

    blocks: list[Element]
    declared: list[Element]
    scoring: Scoring
    rubrics: list[Element] = field(default_factory=list)


def asked(kind: ItemType, content: Json, key: Json, response: str) -> Asked:
    """Return the question with its stem and media; its responses are named after `response`."""
    question = _WRITERS[kind](content, key, response)
    if kind in _WITHIN_TEXT:
        return question
    return replace(question, blocks=[paragraph(content["stem"]), *question.blocks])


def media_of(content: Json) -> dict[str, Json]:
    """Return the content's media by digest."""
    return {entry["digest"]: entry for entry in content.get("media", [])}


def _choices(content: Json, response: str, most: str) -> Element:
    fixed, media = content.get("fixed", []), media_of(content)
    is_shuffled = set(fixed) != {one["id"] for one in content["options"]}
    choices = [
        option("simpleChoice", one, media, identifier=responses.identifier(one["id"]), **_place(one["id"] in fixed))
        for one in content["options"]
    ]
    return made(
        "choiceInteraction", *choices, responseIdentifier=response, shuffle=str(is_shuffled).lower(), maxChoices=most
    )


def _place(is_fixed: bool) -> dict[str, str]:
    return {"fixed": "true"} if is_fixed else {}


def _single_choice(content: Json, key: Json, response: str) -> Asked:
    right = [responses.identifier(one) for one in key["right"]]
    declared = responses.declared(response, "single", "identifier", right)
    return Asked([_choices(content, response, "1")], [declared], Scoring(Rule.CORRECT, [response]))


def _multiple_choice(content: Json, key: Json, response: str) -> Asked:
    right = [responses.identifier(one) for one in key["right"]]
    scoring = key.get("scoring", {"mode": "EXACT"})
    if scoring["mode"] == "EXACT":
        declared, rule = responses.declared(response, "multiple", "identifier", right), Rule.CORRECT
    else:
        worths = {responses.identifier(one): worth for one, worth in scoring["weights"].items()}
        mapping = responses.mapping(worths, scoring.get("least", "0"))
        declared, rule = responses.declared(response, "multiple", "identifier", right, mapping), Rule.MAP
    scored = Scoring(rule, [response], _most(key) if rule is Rule.MAP else Fraction(1))
    return Asked([_choices(content, response, "0")], [declared], scored)


def _most(key: Json) -> Fraction:
    return sum((max(Fraction(worth), Fraction(0)) for worth in key["scoring"]["weights"].values()), Fraction(0))


def _true_false(_content: Json, key: Json, response: str) -> Asked:
    said = {"true": "正确", "false": "错误"}
    choices = [made("simpleChoice", text, identifier=name) for name, text in said.items()]
    interaction = made("choiceInteraction", *choices, responseIdentifier=response, shuffle="false", maxChoices="1")
    declared = responses.declared(response, "single", "identifier", [str(key["value"]).lower()])
    return Asked([interaction], [declared], Scoring(Rule.CORRECT, [response]))


def _fill_in(content: Json, key: Json, response: str) -> Asked:
    names = _numbered(response, len(key["blanks"]))
    entries = [made("textEntryInteraction", responseIdentifier=name) for name in names]
    sensitive = key.get("case_sensitive", False)
    declared = [
        responses.declared(
            name, "single", "string", accepted[:1], responses.mapping(dict.fromkeys(accepted, "1"), sensitive=sensitive)
        )
        for name, accepted in zip(names, key["blanks"], strict=True)
    ]
    return Asked([paragraph(content["stem"], entries)], declared, Scoring(Rule.MAP, names, Fraction(len(names))))


def _numeric(content: Json, key: Json, response: str) -> Asked:
    unit: list[Child] = [" ", made("span", content["unit"], class_=UNIT)] if content.get("unit") else []
    answer = made("p", made("textEntryInteraction", responseIdentifier=response), *unit)
    declared = responses.declared(response, "single", "float", [key["value"]])
    return Asked([answer], [declared], Scoring(Rule.NEAR, [response], tolerance=key["tolerance"]))


def _inline_choice(content: Json, key: Json, response: str) -> Asked:
    names = _numbered(response, len(key["gaps"]))
    gaps = [_gap(options, name) for options, name in zip(content["gaps"], names, strict=True)]
    right = [responses.identifier(one) for one in key["gaps"]]
    declared = [
        responses.declared(name, "single", "identifier", [one], responses.mapping({one: "1"}))
        for name, one in zip(names, right, strict=True)
    ]
    return Asked([paragraph(content["stem"], gaps)], declared, Scoring(Rule.MAP, names, Fraction(len(names))))


def _gap(options: list[Json], response: str) -> Element:
    """Return a gap; its options hold plain text alone, so formulas stay LaTeX."""
    choices = [made("inlineChoice", one["text"], identifier=responses.identifier(one["id"])) for one in options]
    return made("inlineChoiceInteraction", *choices, responseIdentifier=response, shuffle="false")


def _ordering(content: Json, key: Json, response: str) -> Asked:
    media = media_of(content)
    choices = [
        option("simpleChoice", one, media, identifier=responses.identifier(one["id"])) for one in content["options"]
    ]
    by_pairs = {"class": BY_PAIRS} if key.get("scoring") == "PAIRS" else {}
    interaction = made("orderInteraction", *choices, responseIdentifier=response, shuffle="true", **by_pairs)
    right = [responses.identifier(one) for one in key["order"]]
    declared = responses.declared(response, "ordered", "identifier", right)
    return Asked([interaction], [declared], Scoring(Rule.CORRECT, [response]))


def _matching(content: Json, key: Json, response: str) -> Asked:
    media, pairs = media_of(content), key["pairs"]
    sides = [_side(content["options"], LEFT, "1", media), _side(content["matches"], RIGHT, "0", media)]
    interaction = made(
        "matchInteraction", *sides, responseIdentifier=response, shuffle="true", maxAssociations=str(len(pairs))
    )
    right = [f"{LEFT}{one} {RIGHT}{other}" for one, other in pairs.items()]
    if key.get("scoring") == "EXACT":
        declared = responses.declared(response, "multiple", "directedPair", right)
        return Asked([interaction], [declared], Scoring(Rule.CORRECT, [response]))
    mapping = responses.mapping(dict.fromkeys(right, "1"))
    declared = responses.declared(response, "multiple", "directedPair", right, mapping)
    return Asked([interaction], [declared], Scoring(Rule.MAP, [response], Fraction(len(right))))


def _side(options: list[Json], side: str, most: str, media: Mapping[str, Json]) -> Element:
    choices = [
        option("simpleAssociableChoice", one, media, identifier=f"{side}{one['id']}", matchMax=most) for one in options
    ]
    return made("simpleMatchSet", *choices)


def _hotspot(content: Json, key: Json, response: str) -> Asked:
    picture, points = content["picture"], content["points"]
    size = {name: str(picture[name]) for name in ("width", "height")}
    canvas = made("object", picture["alt"], data=f"../{address(picture)}", type=picture["media_type"], **size)
    interaction = made("selectPointInteraction", canvas, responseIdentifier=response, maxChoices=str(points))
    areas = responses.area_mapping(key["areas"])
    declared = responses.declared(response, "single" if points == 1 else "multiple", "point", [], areas)
    return Asked([interaction], [declared], Scoring(Rule.POINT, [response], Fraction(len(key["areas"]))))


def _short_answer(_content: Json, key: Json, response: str) -> Asked:
    return _written(key, made("extendedTextInteraction", responseIdentifier=response, class_=SHORT), response)


def _extended_answer(content: Json, key: Json, response: str) -> Asked:
    length = {"expectedLength": str(content["length"])} if content.get("length") else {}
    interaction = made("extendedTextInteraction", responseIdentifier=response, class_=EXTENDED, **length)
    return _written(key, interaction, response)


def _written(key: Json, interaction: Element, response: str) -> Asked:
    declared = responses.declared(response, "single", "string", [])
    return Asked([interaction], [declared], Scoring(Rule.EXTERNAL, [response]), [marking(key)])


def _numbered(response: str, count: int) -> list[str]:
    return [response] if count == 1 else [f"{response}_{number}" for number in range(1, count + 1)]


_WITHIN_TEXT = {ItemType.FILL_IN, ItemType.INLINE_CHOICE}
_WRITERS: dict[ItemType, Callable[[Json, Json, str], Asked]] = {
    ItemType.SINGLE_CHOICE: _single_choice,
    ItemType.MULTIPLE_CHOICE: _multiple_choice,
    ItemType.TRUE_FALSE: _true_false,
    ItemType.FILL_IN: _fill_in,
    ItemType.NUMERIC: _numeric,
    ItemType.INLINE_CHOICE: _inline_choice,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.HOTSPOT: _hotspot,
    ItemType.SHORT_ANSWER: _short_answer,
    ItemType.EXTENDED_ANSWER: _extended_answer,
}

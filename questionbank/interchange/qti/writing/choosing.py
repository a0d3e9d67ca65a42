"""Choices as they are written."""

from fractions import Fraction

from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.qti.writing import responses
from questionbank.interchange.qti.writing.asking import Asked, Json, media_of
from questionbank.interchange.qti.writing.markup import option
from questionbank.interchange.qti.writing.scoring import Scoring
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.xml import Element


def single_choice(content: Json, key: Json, response: str) -> Asked:
    """Return one choice of several."""
    right = [responses.identifier(one) for one in key["right"]]
    declared = responses.declared(response, "single", "identifier", right)
    return Asked([_choices(content, response, "1")], [declared], Scoring(Rule.CORRECT, [response]))


def multiple_choice(content: Json, key: Json, response: str) -> Asked:
    """Return several choices, exact or by weights."""
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


def true_false(_content: Json, key: Json, response: str) -> Asked:
    """Return a choice between true and false."""
    said = {"true": "正确", "false": "错误"}
    choices = [made("simpleChoice", text, identifier=name) for name, text in said.items()]
    interaction = made("choiceInteraction", *choices, responseIdentifier=response, shuffle="false", maxChoices="1")
    declared = responses.declared(response, "single", "identifier", [str(key["value"]).lower()])
    return Asked([interaction], [declared], Scoring(Rule.CORRECT, [response]))


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


def _most(key: Json) -> Fraction:
    return sum((max(Fraction(worth), Fraction(0)) for worth in key["scoring"]["weights"].values()), Fraction(0))

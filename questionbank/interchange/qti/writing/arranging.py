"""Orders, pairs and places in a picture as they are written."""

from collections.abc import Mapping
from fractions import Fraction

from questionbank.interchange.qti.arranging import LEFT, RIGHT, SCORING
from questionbank.interchange.qti.sums import Rule
from questionbank.interchange.qti.writing import responses
from questionbank.interchange.qti.writing.asking import Asked, Json, media_of
from questionbank.interchange.qti.writing.markup import address, option, permitted
from questionbank.interchange.qti.writing.scoring import Scoring
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.xml import Element


def ordering(content: Json, key: Json, response: str) -> Asked:
    """Return choices to be put in order."""
    media = media_of(content)
    choices = [
        option("simpleChoice", one, media, identifier=responses.identifier(one["id"])) for one in content["options"]
    ]
    interaction = made("orderInteraction", *choices, responseIdentifier=response, shuffle="true", **_scoring(key))
    right = [responses.identifier(one) for one in key["order"]]
    declared = responses.declared(response, "ordered", "identifier", right)
    return Asked([interaction], [declared], Scoring(Rule.CORRECT, [response]))


def matching(content: Json, key: Json, response: str) -> Asked:
    """Return two sides to be matched."""
    media, pairs = media_of(content), key["pairs"]
    sides = [_side(content["options"], LEFT, "1", media), _side(content["matches"], RIGHT, "0", media)]
    counted = {"maxAssociations": str(len(pairs))} | _scoring(key)
    interaction = made("matchInteraction", *sides, responseIdentifier=response, shuffle="true", **counted)
    right = [f"{LEFT}{one} {RIGHT}{other}" for one, other in pairs.items()]
    if key.get("scoring") == "EXACT":
        declared = responses.declared(response, "multiple", "directedPair", right)
        return Asked([interaction], [declared], Scoring(Rule.CORRECT, [response]))
    mapping = responses.mapping(dict.fromkeys(right, "1"))
    declared = responses.declared(response, "multiple", "directedPair", right, mapping)
    return Asked([interaction], [declared], Scoring(Rule.MAP, [response], Fraction(len(right))))


def _scoring(key: Json) -> dict[str, str]:
    """Return the class that names the key's scoring, when the key does."""
    return next(({"class": name} for name, scoring in SCORING.items() if scoring == key.get("scoring")), {})


def _side(options: list[Json], side: str, most: str, media: Mapping[str, Json]) -> Element:
    choices = [
        option("simpleAssociableChoice", one, media, identifier=f"{side}{one['id']}", matchMax=most) for one in options
    ]
    return made("simpleMatchSet", *choices)


def hotspot(content: Json, key: Json, response: str) -> Asked:
    """Return places to be marked in a picture."""
    picture, points = content["picture"], content["points"]
    size = {name: str(picture[name]) for name in ("width", "height")}
    canvas = made(
        "object", permitted(picture["alt"]), data=f"../{address(picture)}", type=picture["media_type"], **size
    )
    interaction = made("selectPointInteraction", canvas, responseIdentifier=response, maxChoices=str(points))
    areas = responses.area_mapping(key["areas"])
    declared = responses.declared(response, "single" if points == 1 else "multiple", "point", [], areas)
    return Asked([interaction], [declared], Scoring(Rule.POINT, [response], Fraction(len(key["areas"]))))

"""One item as a document of QTI."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from lxml import etree

from questionbank.interchange.model import Format, ReadItem
from questionbank.interchange.qti.items import TOOL
from questionbank.interchange.qti.vocabulary import NAMESPACES, renamed
from questionbank.interchange.qti.writing import responses, scoring
from questionbank.interchange.qti.writing.asking import Asked, media_of
from questionbank.interchange.qti.writing.locations import ITEMS, LOCATION
from questionbank.interchange.qti.writing.markup import paragraph, permitted, shown
from questionbank.interchange.qti.writing.outcomes import mark_external, outcomes
from questionbank.interchange.qti.writing.questions import asked
from questionbank.interchange.qti.writing.rubrics import explaining
from questionbank.interchange.qti.writing.trees import made
from questionbank.interchange.qti.written import MARKING, PART
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

_TITLE_LETTERS = 60
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_TEMPLATES = {
    Format.QTI21: "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    Format.QTI22: "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    Format.QTI3: "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
Json = Mapping[str, Any]


def document(item: ReadItem, identifier: str, version: Format) -> bytes:
    """Return the item as an XML file; the same item makes the same bytes."""
    root = renamed(_shaped(_item(item, identifier, version), version), version)
    root.set(LOCATION, f"{NAMESPACES[version]} {ITEMS[version]}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def is_worth(points: str) -> bool:
    """Whether the points are a positive decimal, which an item can be written to be worth."""
    return bool(_DECIMAL.fullmatch(points)) and Fraction(points) > 0


def _item(item: ReadItem, identifier: str, version: Format) -> Element:
    points = Fraction(item.points) if is_worth(item.points) else None
    if item.type is ItemType.COMPOSITE:
        declared, body, processing = _composite(item, points)
    else:
        declared, body, processing = _simple(item, points, version)
    players = _players(body)
    root = made(
        "assessmentItem",
        *declared,
        *players,
        *outcomes(item, points),
        identifier=permitted(identifier),
        title=_title(item),
    )
    root.extend([made("itemBody", *body, *explaining(item.explanation)), *processing])
    for name, value in {"adaptive": "false", "timeDependent": "false", "toolName": TOOL, "toolVersion": "1"}.items():
        root.set(name, value)
    return root


_Written = tuple[list[Element], list[Element], list[Element]]


def _simple(item: ReadItem, points: Fraction | None, version: Format) -> _Written:
    question = asked(item.type, item.content, item.key, scoring.RESPONSE)
    worth = Fraction(1) if points is None else points
    body = [*_with_media(question, item.content), *question.rubrics]
    if named := scoring.template(question.scoring, worth):
        return question.declared, body, [made("responseProcessing", template=_TEMPLATES[version] + named)]
    rules = scoring.rules(question.scoring, scoring.SCORE, worth)
    return question.declared, body, [made("responseProcessing", *rules)] if rules else []


def _composite(item: ReadItem, points: Fraction | None) -> _Written:
    declared, rules = [], []
    body = [paragraph(item.content["stem"]), *_media(item.content)]
    shares = {f"SCORE_{part['id']}": part["share"] for part in item.content["parts"]}
    for part in item.content["parts"]:
        key, response = item.key["parts"][part["id"]], f"RESPONSE_{part['id']}"
        question = asked(ItemType(part["type"]), part["content"], key, response)
        declared += question.declared
        rules += scoring.rules(question.scoring, f"SCORE_{part['id']}", Fraction(part["share"]))
        body.append(made("div", *_with_media(question, part["content"]), class_="part", id=f"{PART}{part['id']}"))
        body += _named(question.rubrics, part["id"])
    whole = Fraction(sum(shares.values()))
    rules.append(scoring.total(shares, Fraction(1) if points is None else points / whole))
    return declared, body, [made("responseProcessing", *rules)]


def _named(rubrics: list[Element], part: str) -> list[Element]:
    """Name the rubrics of a part, which a schema does not let stand within it."""
    for rubric in rubrics:
        rubric.set("id", f"{MARKING}{part}")
    return rubrics


def _with_media(question: Asked, content: Json) -> list[Element]:
    """Return the blocks with what is shown between the stem and what is asked."""
    first, *rest = question.blocks
    return [first, *_media(content), *rest]


def _media(content: Json) -> list[Element]:
    within = {one.get("media") for one in [*content.get("options", []), *content.get("matches", [])]}
    entries = [entry for entry in media_of(content).values() if entry["digest"] not in within]
    return [_shown(entry) for entry in entries]


def _shown(entry: Json) -> Element:
    if "plays" not in entry:
        return made("div", shown(entry), class_="media")
    return made(
        "mediaInteraction",
        shown(entry),
        responseIdentifier="",
        autostart="false",
        maxPlays=str(entry["plays"]),
    )


def _players(body: list[Element]) -> list[Element]:
    """Number what counts how often it is played, and return the declarations of the counts."""
    players = [found for block in body for found in block.iter("mediaInteraction")]
    for number, player in enumerate(players, 1):
        player.set("responseIdentifier", f"PLAYED_{number}")
    return [responses.declared(player.get("responseIdentifier", ""), "single", "integer", []) for player in players]


def _title(item: ReadItem) -> str:
    return permitted(item.code or " ".join(item.content["stem"].split())[:_TITLE_LETTERS])


def _shaped(root: Element, version: Format) -> Element:
    """Return the tree with what versions after 2.1 have in another shape."""
    if version is not Format.QTI21:
        mark_external(root)
    if version is Format.QTI3:
        for block in root.iter("rubricBlock"):
            block.set("use", "scoring")
            inner = made("contentBody", *list(block))
            block.append(inner)
    return root

"""The answers of Moodle's XML, written by the kind of its question."""

import re
from collections.abc import Callable
from decimal import Decimal

from questionbank.content import BLANK
from questionbank.interchange import percents, richtext
from questionbank.interchange.model import ReadItem
from questionbank.interchange.moodle.answers import POINTS_BEGIN, SHORT_LINES
from questionbank.interchange.moodle.elements import Media, add, add_html, add_option, add_text
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType

MULTICHOICE, TRUEFALSE, SHORTANSWER, NUMERICAL = "multichoice", "truefalse", "shortanswer", "numerical"
MATCHING, ORDERING, ESSAY, MULTIANSWER = "matching", "ordering", "essay", "multianswer"
_KINDS = {
    ItemType.SINGLE_CHOICE: MULTICHOICE,
    ItemType.MULTIPLE_CHOICE: MULTICHOICE,
    ItemType.TRUE_FALSE: TRUEFALSE,
    ItemType.FILL_IN: SHORTANSWER,
    ItemType.NUMERIC: NUMERICAL,
    ItemType.INLINE_CHOICE: MULTIANSWER,
    ItemType.ORDERING: ORDERING,
    ItemType.MATCHING: MATCHING,
    ItemType.SHORT_ANSWER: ESSAY,
    ItemType.EXTENDED_ANSWER: ESSAY,
}
_MEANT = re.compile(r"[\\{}~#=%]")


def kind_of(item: ReadItem) -> str:
    """Return the type of question that carries the item, "" when Moodle's XML has none."""
    if item.type is ItemType.FILL_IN and item.content["blanks"] > 1:
        return MULTIANSWER
    return _KINDS.get(item.type, "")


def stem(item: ReadItem) -> str:
    """Return the question's text as HTML, with the answers in it where they are embedded."""
    fragment = richtext.markup(item.content["stem"])
    if kind_of(item) != MULTIANSWER:
        return fragment
    first, *rest = fragment.replace("{", "&#123;").split(BLANK)
    return first + "".join(f"{gap}{text}" for gap, text in zip(_embedded(item), rest, strict=True))


def has_odd_percents(item: ReadItem) -> bool:
    """Return whether a choice is worth what Moodle refuses."""
    if item.type is not ItemType.MULTIPLE_CHOICE:
        return False
    return not all(map(percents.is_known, _worths(item).values()))


def _worths(item: ReadItem) -> dict[str, Decimal]:
    return percents.written([option["id"] for option in item.content["options"]], item.key)


def _embedded(item: ReadItem) -> list[str]:
    if item.type is ItemType.INLINE_CHOICE:
        gaps = zip(item.content["gaps"], item.key["gaps"], strict=True)
        return [_cloze("MULTICHOICE", [(one["text"], one["id"] == right) for one in gap]) for gap, right in gaps]
    kind = "SHORTANSWER_C" if item.key.get("case_sensitive") else "SHORTANSWER"
    blanks = item.key["blanks"]
    return [_cloze(kind, [(text.replace("*", "\\*"), True) for text in accepted]) for accepted in blanks]


def _cloze(kind: str, alternatives: list[tuple[str, bool]]) -> str:
    """Return an embedded answer; signs with a meaning are written as numbers, which every reader of HTML decodes."""
    told = [f"{'=' if right else ''}{_MEANT.sub(_numbered, richtext.markup(text))}" for text, right in alternatives]
    return f"{{1:{kind}:{'~'.join(told)}}}"


def _numbered(met: re.Match[str]) -> str:
    return f"&#{ord(met[0])};"


def _multichoice(question: Element, item: ReadItem, held: Media) -> None:
    single = item.type is ItemType.SINGLE_CHOICE
    add(question, "single", "true" if single else "false")
    add(question, "shuffleanswers", "false" if len(item.content.get("fixed", [])) == len(_ids(item)) else "true")
    whole = {name: percents.WHOLE if name in item.key["right"] else Decimal(0) for name in _ids(item)}
    worths = whole if single else _worths(item)
    for option in item.content["options"]:
        add_option(question, "answer", option, held, fraction=percents.plainly(worths[option["id"]]))


def _ids(item: ReadItem) -> list[str]:
    return [option["id"] for option in item.content["options"]]


def _truefalse(question: Element, item: ReadItem, _held: Media) -> None:
    for name in ("true", "false"):
        right = item.key["value"] == (name == "true")
        add_text(question, "answer", name, fraction="100" if right else "0")


def _shortanswer(question: Element, item: ReadItem, _held: Media) -> None:
    add(question, "usecase", "1" if item.key.get("case_sensitive") else "0")
    for accepted in item.key["blanks"][0]:
        add_text(question, "answer", accepted.replace("*", "\\*"), fraction="100")


def _numerical(question: Element, item: ReadItem, _held: Media) -> None:
    answer = add_text(question, "answer", item.key["value"], fraction="100")
    add(answer, "tolerance", item.key["tolerance"])
    if unit := item.content.get("unit"):
        told = add(add(question, "units"), "unit")
        add(told, "multiplier", "1")
        add(told, "unit_name", richtext.showable(unit))


def _matching(question: Element, item: ReadItem, held: Media) -> None:
    texts = {match["id"]: match["text"] for match in item.content["matches"]}
    pairs = item.key["pairs"]
    for option in item.content["options"]:
        add_text(add_option(question, "subquestion", option, held), "answer", texts[pairs[option["id"]]])
    for name, text in texts.items():
        if name not in pairs.values():
            add_text(add_html(question, "subquestion", ""), "answer", text)


def _ordering(question: Element, item: ReadItem, held: Media) -> None:
    exact = item.key.get("scoring", "EXACT") == "EXACT"
    add(question, "gradingtype", "ALL_OR_NOTHING" if exact else "RELATIVE_NEXT_EXCLUDE_LAST")
    options = {option["id"]: option for option in item.content["options"]}
    for name in item.key["order"]:
        add_option(question, "answer", options[name], held, fraction="1")


def _essay(question: Element, item: ReadItem, _held: Media) -> None:
    add(question, "responsefieldlines", str(SHORT_LINES if item.type is ItemType.SHORT_ANSWER else 3 * SHORT_LINES))
    points = "".join(f"<li>{richtext.markup(point)}</li>" for point in item.key.get("points", []))
    told = f"{POINTS_BEGIN}{points}</ul>" if points else ""
    add_html(question, "graderinfo", f"{richtext.markup(item.key['reference'])}{told}")


WRITERS: dict[str, Callable[[Element, ReadItem, Media], None]] = {
    MULTICHOICE: _multichoice,
    TRUEFALSE: _truefalse,
    SHORTANSWER: _shortanswer,
    NUMERICAL: _numerical,
    MATCHING: _matching,
    ORDERING: _ordering,
    ESSAY: _essay,
    MULTIANSWER: lambda _question, _item, _held: None,
}

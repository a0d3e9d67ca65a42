"""GIFT written: HTML texts with every sign escaped, so that any reader of GIFT gets them back as they are."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange import percents, richtext, tagging
from questionbank.interchange.model import Level, Problem, ReadItem
from questionbank.interchange.texts import gift_questions
from questionbank.interchange.texts.gift_lexing import escape
from questionbank.kinds import ItemType


def write(items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write the items and yield what GIFT cannot carry of them."""
    category: tuple[str, ...] = ()
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for item in items:
            yield from _losses(item)
            if not _is_carried(item):
                continue
            if tagging.category(item) != category:
                category = tagging.category(item)
                path = "".join(f"/{part.replace('/', '//')}" for part in category)
                file.write(f"$CATEGORY: $course$/top{path}\n\n")
            file.write(f"{_question(item)}\n\n")


def _is_carried(item: ReadItem) -> bool:
    if item.type is not ItemType.FILL_IN:
        return item.type in _BODIES
    # An arrow makes a matching of any answer, and there is no escape for it.
    return item.content["blanks"] == 1 and not any("->" in text for text in item.key["blanks"][0])


def _losses(item: ReadItem) -> Iterator[Problem]:
    if not _is_carried(item):
        yield Problem(item.where, Level.ERROR, "type_not_carried", f"GIFT has no question like this {item.type}")
        return
    extras = ", ".join(sorted(set(item.extras) - {"title"}))
    for lost, code, detail in (
        (extras, "extras_not_carried", extras),
        (bool(item.media), "media_not_carried", f"{len(item.media)} files"),
        (tagging.is_exact(item), "scoring_approximated", "GIFT gives a part of the points for a part"),
        (item.type.is_written and item.explanation, "explanation_not_carried", "the reference stands in its place"),
        (item.key.get("points"), "marking_points_not_carried", "GIFT has one text for an essay"),
    ):
        if lost:
            yield Problem(item.where, Level.WARNING, code, detail)


def _question(item: ReadItem) -> str:
    tags = " ".join(f"[tag:{_noted(tag)}]" for tag in tagging.write(item, _tagged(item)))
    identity = f"[id:{_noted(item.external_id)}]" if item.external_id else ""
    notes = f"// {f'{identity} {tags}'.strip()}\n" if identity or tags else ""
    title = f"::{escape(item.extras['title'])}::" if item.extras.get("title") else ""
    head, tail = _around(item)
    general = item.key["reference"] if item.type.is_written else item.explanation
    lines = [*_BODIES[item.type](item), *([f"####{_html(general)}"] if general else [])]
    body = "\n".join(lines)
    return f"{notes}{title}[html]{head}{{{body}}}{tail}"


def _around(item: ReadItem) -> tuple[str, str]:
    """Return the stem before and behind the braces, which stand where a single blank is filled."""
    stem = _html(item.content["stem"])
    if item.type is not ItemType.FILL_IN:
        return stem, ""
    head, _, tail = stem.partition(BLANK)
    return head, tail


def _tagged(item: ReadItem) -> list[str]:
    """Return what travels as tags since GIFT has no field for it."""
    return [name for name in tagging.ALL if name != tagging.TYPE or item.type is ItemType.SHORT_ANSWER]


def _single(item: ReadItem) -> list[str]:
    right = item.key["right"]
    return [f"{'=' if option['id'] in right else '~'}{_option(option)}" for option in item.content["options"]]


def _multiple(item: ReadItem) -> list[str]:
    options = item.content["options"]
    worths = percents.written([option["id"] for option in options], item.key)
    return [f"~%{percents.plainly(worths[option['id']])}%{_option(option)}" for option in options]


def _fill_in(item: ReadItem) -> list[str]:
    # The percents are told only where the text itself would be taken for such.
    accepted = (escape(text) for text in item.key["blanks"][0])
    return [f"={'%100%' if text.startswith('%') else ''}{text}" for text in accepted]


def _matching(item: ReadItem) -> list[str]:
    texts = {match["id"]: escape(match["text"]) for match in item.content["matches"]}
    pairs = item.key["pairs"]
    lines = [f"={_option(option)} -> {texts[pairs[option['id']]]}" for option in item.content["options"]]
    return lines + [f"= -> {text}" for name, text in texts.items() if name not in pairs.values()]


def _option(option: dict[str, Any]) -> str:
    return _html(option["text"])


def _html(text: str) -> str:
    fragment = richtext.markup(text)
    if gift_questions.MARKED.match(fragment) or fragment.startswith("%"):
        # Else it would be read as the name of a format, or as what the option is worth.
        fragment = f"&#{ord(fragment[0])};{fragment[1:]}"
    return escape(fragment)


def _noted(text: str) -> str:
    return text.replace("]", "\\]")


_BODIES: dict[ItemType, Callable[[ReadItem], list[str]]] = {
    ItemType.SINGLE_CHOICE: _single,
    ItemType.MULTIPLE_CHOICE: _multiple,
    ItemType.TRUE_FALSE: lambda item: ["TRUE" if item.key["value"] else "FALSE"],
    ItemType.FILL_IN: _fill_in,
    ItemType.NUMERIC: lambda item: [f"#{item.key['value']}:{item.key['tolerance']}"],
    ItemType.MATCHING: _matching,
    ItemType.SHORT_ANSWER: lambda _item: [],
    ItemType.EXTENDED_ANSWER: lambda _item: [],
}

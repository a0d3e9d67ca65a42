"""Moodle's XML written, item by item."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from questionbank.interchange import richtext, tagging
from questionbank.interchange.model import Level, Problem, ReadItem
from questionbank.interchange.moodle import written_answers
from questionbank.interchange.moodle.elements import Media, add, add_html, add_text
from questionbank.interchange.moodle.reading import title_of
from questionbank.interchange.xml import Element

_TAGGED = frozenset({tagging.DIFFICULTY, tagging.CODE, tagging.SCORING, tagging.LENGTH})


def write(items: Iterable[ReadItem], target: Path) -> Iterator[Problem]:
    """Write the items and yield what Moodle cannot carry of them."""
    category: tuple[str, ...] = ()
    with target.open("wb") as file, etree.xmlfile(file, encoding="utf-8") as out:
        out.write_declaration()
        with out.element("quiz"):
            for item in items:
                yield from _losses(item)
                if not written_answers.kind_of(item):
                    continue
                if tagging.category(item) != category:
                    category = tagging.category(item)
                    out.write(_category(category), pretty_print=True)
                out.write(_question(item), pretty_print=True)


def _losses(item: ReadItem) -> Iterator[Problem]:
    if not written_answers.kind_of(item):
        yield Problem(item.where, Level.ERROR, "type_not_carried", f"Moodle's XML has no {item.type}")
        return
    extras = ", ".join(sorted(set(item.extras) - {"title"}))
    for lost, code, detail in (
        (extras, "extras_not_carried", extras),
        (tagging.is_exact(item), "scoring_approximated", "Moodle gives a part of the points for a part"),
        (_is_partly_fixed(item), "order_not_carried", "Moodle shuffles all options or none"),
        (_has_counted_plays(item), "plays_not_carried", "how often a sound may be played"),
        (written_answers.has_odd_percents(item), "fraction_invalid", "Moodle does not know one of the percents"),
    ):
        if lost:
            yield Problem(item.where, Level.WARNING, code, detail)


def _is_partly_fixed(item: ReadItem) -> bool:
    fixed = item.content.get("fixed", [])
    return bool(fixed) and len(fixed) < len(item.content["options"])


def _has_counted_plays(item: ReadItem) -> bool:
    return any("plays" in entry for entry in item.content.get("media", []))


def _category(path: tuple[str, ...]) -> Element:
    question = etree.Element("question", type="category")
    add_text(question, "category", "$course$/top" + "".join(f"/{part.replace('/', '//')}" for part in path))
    return question


def _question(item: ReadItem) -> Element:
    kind = written_answers.kind_of(item)
    question, held = etree.Element("question", type=kind), Media(item)
    add_text(question, "name", item.extras.get("title") or item.code or title_of(item.content["stem"]))
    options = [option.get("media") for option in item.content.get("options", [])]
    own = [entry["digest"] for entry in item.content.get("media", []) if entry["digest"] not in options]
    tags, files = held.shown(own)
    stem = written_answers.stem(item)
    add_html(question, "questiontext", f"{stem}{tags}", files)
    add_html(question, "generalfeedback", richtext.markup(item.explanation))
    if item.points:
        add(question, "defaultgrade", item.points)
    if item.external_id:
        add(question, "idnumber", richtext.showable(item.external_id))
    written_answers.WRITERS[kind](question, item, held)
    _add_tags(question, item)
    return question


def _add_tags(question: Element, item: ReadItem) -> None:
    names = _TAGGED | ({tagging.FIXED} if _is_partly_fixed(item) else set())
    if told := tagging.write(item, names):
        tags = add(question, "tags")
        for tag in told:
            add_text(tags, "tag", tag)

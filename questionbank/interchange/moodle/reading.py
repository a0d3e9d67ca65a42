"""Moodle's XML read, question by question."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from questionbank.interchange import percents, tagging, xml
from questionbank.interchange.gathering import Unmodelled, Unreadable
from questionbank.interchange.model import Event, Level, Problem, ReadItem, Unsupported
from questionbank.interchange.moodle import answers, choices, cloze, gaps
from questionbank.interchange.moodle.question import Answer, Question
from questionbank.interchange.texts.gift_lexing import path_of
from questionbank.interchange.xml import Element

TITLE_LETTERS = 60
_LARGE = frozenset({"file"})  # recordings in base64
_READERS: dict[str, Callable[[Question], Answer]] = {
    "multichoice": choices.multichoice,
    "multichoiceset": choices.multichoiceset,
    "truefalse": choices.truefalse,
    "shortanswer": answers.shortanswer,
    "numerical": answers.numerical,
    "essay": answers.essay,
    "matching": answers.matching,
    "match": answers.matching,
    "ordering": answers.ordering,
    "ddwtos": gaps.ddwtos,
    "gapselect": gaps.gapselect,
    "multianswer": cloze.multianswer,
    "cloze": cloze.multianswer,
}
_DETAILS = {
    "description": "a text without a question",
    "random": "a draw from a category, not a question",
    "calculated": "its numbers are drawn anew for everybody",
}
# What is read elsewhere, or says only how Moodle shows the question.
_KNOWN = frozenset({
    "name", "questiontext", "generalfeedback", "defaultgrade", "idnumber", "tags", "answer", "subquestion", "dragbox",
    "selectoption", "units", "graderinfo", "single", "shuffleanswers", "usecase", "hidden", "gradingtype",
    "responsefieldlines",
})  # fmt: skip


def read(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the file holds, with small memory; raises Refused where the XML breaks off or is unsafe."""
    category: list[str] = []
    with path.open("rb") as file:
        for number, element in enumerate(xml.walk(xml.chunks(file), {"question"}, _LARGE), start=1):
            if element.get("type") == "category":
                category = path_of(xml.child_text(element, "category"))
            else:
                yield from _events(element, f"question {number}", category)


def _events(element: Element, where: str, category: list[str]) -> Iterator[Event]:
    question = Question(element, where)
    reader = _READERS.get(question.kind)
    if reader is None:
        detail = next((told for kind, told in _DETAILS.items() if question.kind.startswith(kind)), "no such type here")
        yield Unsupported(where, question.kind or "untyped", f"{detail}: {question.said('name')}", xml.source(element))
        return
    try:
        item = _item(question, reader, category)
    except Unmodelled as fault:
        yield Unsupported(where, question.kind, f"{fault.detail}: {question.said('name')}", xml.source(element))
        return
    except Unreadable as fault:
        yield Problem(where, Level.ERROR, fault.code, f"{fault.detail}: {question.said('name')}")
        return
    _note_settings(question)
    yield from question.gathering.problems()
    yield item


def _item(question: Question, reader: Callable[[Question], Answer], category: list[str]) -> ReadItem:
    _ = question.stem  # read first, so that its media stand before those of the options
    answer = reader(question)
    stem = question.stem if answer.stem is None else answer.stem
    explanation = question.aside(xml.child(question.element, "generalfeedback"))
    work_task, knowledge_point = tagging.filed(category)
    return ReadItem(
        where=question.gathering.where,
        type=answer.type,
        content=question.gathering.content(stem, **answer.content),
        key=answer.key,
        explanation=explanation,
        code=question.tagged[tagging.CODE],
        external_id=question.said("idnumber"),
        difficulty=question.tagged.difficulty,
        work_task=work_task,
        knowledge_point=knowledge_point,
        tags=question.tagged.tags,
        points=_points(question),
        media=question.gathering.media,
        extras=_extras(question, answer, stem),
    )


def _note_settings(question: Question) -> None:
    for name in question.unshown_files():
        question.gathering.warn("file_not_shown", name)
    if question.is_set("hidden"):
        question.gathering.warn("hidden_in_source", "Moodle does not show it any more")


def _points(question: Question) -> str:
    told = question.said("defaultgrade")
    return percents.plainly(percents.number(told)) if told else ""


def _extras(question: Question, answer: Answer, stem: str) -> dict[str, Any]:
    title = question.said("name")
    settings = {
        xml.name(child): text
        for child in xml.children(question.element)
        if xml.name(child) not in _KNOWN and (text := xml.child_text(child, "text") or (child.text or "").strip())
    }
    told = {
        "title": "" if title in {title_of(stem), question.tagged[tagging.CODE]} else title,
        "feedback": answer.feedback,
        "hidden": question.is_set("hidden"),
        "moodle": settings,
    }
    return {name: value for name, value in told.items() if value}


def title_of(stem: str) -> str:
    """Return the name of a question that has none: how its stem begins."""
    return " ".join(stem.split())[:TITLE_LETTERS].strip()

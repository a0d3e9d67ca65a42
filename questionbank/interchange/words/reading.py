"""Documents and pasted papers read, item by item, with the paragraph of everything that is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.drafts.settling import settle
from questionbank.interchange.model import Event, Level, Problem
from questionbank.interchange.words import documents, items, keys, pasted
from questionbank.interchange.words.gathered import Gathered
from questionbank.interchange.words.lines import Ahead, Line

_NO_ITEMS = "没有认出试题:请给题目编号,并写明答案 / no items were recognised: number them, and give the answers"


def read_document(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the Word document holds; raises Refused at once for an unsound file."""
    return events(documents.lines(path))


def read_pasted(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the text file holds; raises Refused."""
    return events(pasted.lines(path))


def read_text(text: str) -> Iterator[Event]:
    """Yield what a text that somebody pasted holds."""
    return events(pasted.of_text(text.splitlines()))


def events(lines: Iterable[Line]) -> Iterator[Event]:
    """Yield the items with their problems; those without an answer wait for the answers at the end of the paper."""
    walked, count = Ahead(lines), 0
    waiting: list[Gathered] = []
    for one in items.gathered(_until_keys(walked)):
        count += isinstance(one, Gathered)
        if isinstance(one, Gathered) and _lacks_answer(one):
            waiting.append(one)
        else:
            yield from _settled(one)
    yield from _with_keys(waiting, walked)
    if not count:
        yield Problem("", Level.WARNING, "no_items", _NO_ITEMS)


def _until_keys(lines: Ahead) -> Iterator[Line]:
    for line in lines:
        if keys.is_heading(line.text, lines.following):
            return
        yield line


def _settled(one: Gathered | Problem, told: Mapping[str, str] | None = None) -> Iterator[Event]:
    if isinstance(one, Problem):
        yield one
        return
    draft = _draft(one)
    yield from chain(one.problems, *(part.problems for part in one.parts))
    yield from settle(_with(draft, told or {}))


def _with(draft: Draft, told: Mapping[str, str]) -> Draft:
    """Return the draft with what the end of the paper tells of it."""
    answer, explanation = told.get("answer", draft.answer), told.get("explanation", draft.explanation)
    return replace(draft, answer=answer, explanation=explanation, outline=told.get("outline", draft.outline))


def _draft(one: Gathered) -> Draft:
    section = one.section
    word = section.type if section and not (one.is_case and not one.parts and one.text("answer")) else ""
    return one.draft(word, section.points if section else "")


def _lacks_answer(one: Gathered) -> bool:
    return not one.parts and not _draft(one).answer


def _with_keys(waiting: list[Gathered], rest: Iterator[Line]) -> Iterator[Event]:
    found = keys.read(rest)
    for one in waiting:
        yield from _settled(one, found.find(one.section.type if one.section else "", one.number))
    for line in found.passed:
        yield Problem(line.where, Level.WARNING, "text_passed", f"不属于任何试题:{line.text[:80]} / of no item")

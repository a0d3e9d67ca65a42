"""GIFT read: one question after another, whatever is wrong with the one before."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from questionbank.content import BLANK
from questionbank.interchange import decoding, markups, tagging
from questionbank.interchange.gathering import Gathering, Unreadable
from questionbank.interchange.model import Event, Level, Problem, ReadItem, Unsupported
from questionbank.interchange.texts import gift_answers, gift_lexing, gift_questions
from questionbank.interchange.texts.gift_lexing import Block
from questionbank.interchange.texts.gift_questions import Body, Question

_TITLE = re.compile(r"\s*::(.*?)::\s*", re.DOTALL)


def read(path: Path, _mapping: Mapping[str, str] | None = None) -> Iterator[Event]:
    """Yield what the file holds; raises Refused when it is no text or a question never ends."""
    with decoding.opened(path) as file:
        for block in gift_lexing.blocks(file):
            yield from _events(block)


def _events(block: Block) -> Iterator[Event]:
    where = f"line {block.line}"
    gathering = Gathering(where)
    try:
        item = _item(block, gathering)
    except Unreadable as fault:
        yield Problem(where, Level.ERROR, fault.code, fault.detail)
        return
    yield from gathering.problems()
    yield item


def _item(block: Block, gathering: Gathering) -> Event:
    text = block.text
    title = _TITLE.match(text)
    rest = text[title.end() :] if title else text
    format_ = gift_questions.MARKED.match(rest)
    told = gift_questions.FORMATS[format_[1].lower()] if format_ else markups.AUTO
    head, body, tail = _parts(rest[format_.end() :] if format_ else rest)
    if body is None:
        return Unsupported(gathering.where, "description", "a text without a question", "\n".join(block.lines))
    question = Question(gathering, told, tagging.read(block.tags))
    answer, general = _without_general(body)
    read = gift_answers.read(question, answer, question.aside(general))
    return _made(block, question, read, _Texts(_stem(head, read, tail), title[1] if title else "", general))


class _Texts:
    """The hidden texts around the answer."""

    def __init__(self, stem: str, title: str, general: str):
        self.stem = stem
        self.title = gift_lexing.show(title).strip()
        self.general = general


def _parts(text: str) -> tuple[str, str | None, str]:
    """Return what stands before, within and behind the braces; within is None when there are none."""
    start = text.find("{")
    if start < 0 and "}" not in text:
        return text, None, ""
    end = text.find("}", start)
    if start < 0 or end < 0:
        raise Unreadable("braces_unbalanced", "a brace is not closed, or not opened")
    tail = text[end + 1 :]
    if "{" in tail or "}" in tail or "{" in text[start + 1 : end]:
        raise Unreadable("several_answers", "a question of GIFT has one pair of braces; others are written \\{ and \\}")
    return text[:start], text[start + 1 : end].strip(), tail


def _without_general(body: str) -> tuple[str, str]:
    answer, _, general = body.partition("####")
    return answer.strip(), general.strip()


def _stem(head: str, read: Body, tail: str) -> str:
    if read.fills_stem or tail.strip():
        return f"{head}{BLANK}{tail}"
    return head


def _made(block: Block, question: Question, read: Body, texts: _Texts) -> ReadItem:
    tagged, gathering = question.tagged, question.gathering
    work_task, knowledge_point = tagging.filed(block.category)
    fixed = tagged[tagging.FIXED]
    more = {**read.content, "fixed": fixed.split(",")} if fixed and "options" in read.content else read.content
    explained = texts.general and not read.type.is_written
    return ReadItem(
        where=gathering.where,
        type=read.type,
        content=gathering.content(question.text(texts.stem), **more),
        key=read.key,
        explanation=question.aside(texts.general) if explained else "",
        code=tagged[tagging.CODE],
        external_id=block.external_id,
        difficulty=tagged.difficulty,
        work_task=work_task,
        knowledge_point=knowledge_point,
        tags=tagged.tags,
        points=tagged[tagging.POINTS],
        media=gathering.media,
        extras=_extras(texts.title, read),
    )


def _extras(title: str, read: Body) -> dict[str, Any]:
    told = {"title": title, "feedback": read.feedback}
    return {name: value for name, value in told.items() if value}

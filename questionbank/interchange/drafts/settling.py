"""A draft becomes an item, or the reason why it does not."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from questionbank.interchange.drafts import blanks, choices, inferring, judgements, numbers, pairs, words, written
from questionbank.interchange.drafts.draft import Draft, Fault
from questionbank.interchange.model import Event, Level, Medium, Problem, ReadItem, Unsupported
from questionbank.kinds import ItemType

_SHAPES: dict[ItemType, Callable[[Draft], tuple[dict[str, Any], dict[str, Any]]]] = {
    ItemType.SINGLE_CHOICE: choices.single,
    ItemType.MULTIPLE_CHOICE: choices.multiple,
    ItemType.TRUE_FALSE: judgements.true_false,
    ItemType.FILL_IN: blanks.fill_in,
    ItemType.NUMERIC: numbers.numeric,
    ItemType.INLINE_CHOICE: blanks.inline_choice,
    ItemType.ORDERING: choices.ordering,
    ItemType.MATCHING: pairs.matching,
    ItemType.SHORT_ANSWER: written.short,
    ItemType.EXTENDED_ANSWER: written.extended,
}
_GUESSED = (ItemType.FILL_IN, ItemType.SHORT_ANSWER)


def settle(draft: Draft) -> Iterator[Event]:
    """Yield the draft's warnings and its item, or its error; a type that a text cannot carry is kept as source."""
    kind = inferring.type_of(draft)
    if kind is None or kind is ItemType.HOTSPOT:
        yield Unsupported(draft.place("type"), "type", draft.type.strip(), _source(draft))
        return
    yield from _warnings(draft, kind)
    try:
        yield _item(draft, kind)
    except Fault as fault:
        yield Problem(draft.place(fault.field), Level.ERROR, fault.code, fault.detail)
    except _PartFault as fault:
        yield Problem(fault.where, Level.ERROR, fault.fault.code, fault.fault.detail)


class _PartFault(Exception):
    def __init__(self, where: str, fault: Fault):
        super().__init__(fault.detail)
        self.where, self.fault = where, fault


def _warnings(draft: Draft, kind: ItemType) -> Iterator[Problem]:
    if not draft.type.strip() and kind in _GUESSED:
        yield Problem(draft.place("type"), Level.WARNING, "type_guessed", f"未写题型,按 {kind} 读入 / read as {kind}")
    if draft.difficulty.strip() and words.difficulty(draft.difficulty) is None:
        detail = f"难度不识别:{draft.difficulty} / unknown difficulty"
        yield Problem(draft.place("difficulty"), Level.WARNING, "difficulty_unknown", detail)
    for medium in draft.media:
        if not draft.alts.get(medium.digest):
            detail = f"请为图片补写说明:{medium.name} / alternative text is asked for"
            yield Problem(draft.where, Level.WARNING, "alt_missing", detail)
    if draft.points.strip() and not numbers.points_of(draft.points):
        detail = f"分值不是数:{draft.points} / the points are no number"
        yield Problem(draft.place("points"), Level.WARNING, "points_unreadable", detail)


def _item(draft: Draft, kind: ItemType) -> ReadItem:
    content, key = _composite(draft) if kind is ItemType.COMPOSITE else shaped(draft, kind)
    return ReadItem(
        where=draft.where,
        type=kind,
        content=content,
        key=key,
        explanation=draft.explanation.strip(),
        code=draft.code.strip(),
        external_id=draft.external_id.strip(),
        difficulty=words.difficulty(draft.difficulty),
        work_task=draft.work_task.strip(),
        knowledge_point=draft.knowledge_point.strip(),
        tags=tuple(tag.strip() for tag in re.split(r"[,，;；、|\n]", draft.tags) if tag.strip()),
        points=numbers.points_of(draft.points),
        media=(*draft.media, *(medium for part in draft.parts for medium in part.media)),
        extras=draft.extras,
    )


def shaped(draft: Draft, kind: ItemType) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return content and key of a draft without parts; raises Fault."""
    if not draft.stem.strip():
        raise Fault("stem_empty", "stem", "题干为空 / the stem is empty")
    content, key = _SHAPES[kind](draft)
    return {"stem": draft.stem.strip(), **content, **_media(draft)}, key


def _media(draft: Draft) -> dict[str, Any]:
    if not draft.media:
        return {}
    return {"media": [_medium(draft, one) for one in draft.media]}


def _medium(draft: Draft, one: Medium) -> dict[str, str]:
    alt = draft.alts.get(one.digest, "")
    return {"digest": one.digest, "kind": "PICTURE", "media_type": one.media_type, "alt": alt}


def _composite(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    if not draft.stem.strip():
        raise Fault("stem_empty", "stem", "共用题干为空 / the shared stem is empty")
    if not draft.parts:
        raise Fault("parts_missing", "type", "案例题没有小题 / a case has no questions")
    named = [(f"p{number}", *_part(part)) for number, part in enumerate(draft.parts, start=1)]
    parts = [
        {"id": name, "type": kind.value, "share": share, "content": content} for name, kind, share, content, _ in named
    ]
    content = {"stem": draft.stem.strip(), **_media(draft), "parts": parts}
    return content, {"parts": {name: key for name, *_, key in named}}


def _part(part: Draft) -> tuple[ItemType, int, dict[str, Any], dict[str, Any]]:
    try:
        kind = _part_type(part)
        return kind, _share(part), *shaped(part, kind)
    except Fault as fault:
        raise _PartFault(part.place(fault.field), fault) from fault


def _part_type(part: Draft) -> ItemType:
    kind = inferring.type_of(part)
    if kind is None or kind not in _SHAPES:
        raise Fault("part_unsupported", "type", f"小题题型不支持:{part.type} / no type that a part can have")
    return kind


def _share(part: Draft) -> int:
    points = numbers.points_of(part.points)
    if not points:
        return 1
    if Decimal(points) != int(Decimal(points)) or Decimal(points) <= 0:
        raise Fault("share_not_whole", "points", f"小题分值须为正整数:{part.points} / a part's points are whole")
    return int(Decimal(points))


def _source(draft: Draft) -> str:
    told = {name: value for name, value in asdict(draft).items() if value and name not in ("media", "places", "where")}
    return json.dumps(told, ensure_ascii=False, default=str)

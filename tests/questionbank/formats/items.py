"""Items as hypothesis draws them: of every type, with texts that every format has a meaning of its own for."""

import hashlib
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from questionbank import content
from questionbank.interchange.model import Medium, ReadItem
from questionbank.kinds import Difficulty, ItemType

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
WAVE = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)
_WORDS = st.sampled_from([
    "安全", "操作", "a=b", "x~y", "{z}", "5%", "#", "##", ":", "::", "\\", "\\(x^2\\)", "\\[\\frac{1}{2}\\]", "<b>",
    "&amp;", "&", '"', "'", "[html]", "T", "TRUE", "=", "~", "//", "A)", "https://x.y/z", "]]", "]]>", "é", "²", "。",
    "-", "%50%", "$x$", "*", ">", "...", "[tag:x]", "1.", "{}", "{=a}", "{1:SA:x",
])  # fmt: skip


def texts(lines: int = 2) -> SearchStrategy[str]:
    """Texts without spaces at their ends and without a blank's line."""
    line = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
    return st.lists(line, min_size=1, max_size=lines).map("\n".join)


def _options(least: int = 2, most: int = 5) -> SearchStrategy[list[dict[str, Any]]]:
    return st.lists(texts(), min_size=least, max_size=most, unique=True).map(content.options_of)


@st.composite
def single_choices(draw: DrawFn) -> ReadItem:
    options = draw(_options())
    fixed = draw(st.sampled_from([[], [options[-1]["id"]], [option["id"] for option in options]]))
    told = {"stem": draw(texts()), "options": options, **({"fixed": fixed} if fixed else {})}
    return _item(draw, ItemType.SINGLE_CHOICE, told, {"right": [draw(st.sampled_from(options))["id"]]})


@st.composite
def multiple_choices(draw: DrawFn) -> ReadItem:
    options = draw(_options(least=3))
    right = [option["id"] for option in options[: draw(st.integers(2, len(options)))]]
    key: dict[str, Any] = {"right": right}
    if draw(st.booleans()):
        shares = {2: ["0.5", "0.5"], 3: ["1/3", "1/3", "1/3"], 4: ["0.25"] * 4, 5: ["0.2"] * 5}
        weights = dict(zip(right, shares[len(right)], strict=True))
        wrong = {option["id"]: "-0.5" for option in options if option["id"] not in right}
        key["scoring"] = {"mode": "MAP", "weights": {**weights, **wrong}, "least": "0"}
    return _item(draw, ItemType.MULTIPLE_CHOICE, {"stem": draw(texts()), "options": options}, key)


@st.composite
def truths(draw: DrawFn) -> ReadItem:
    return _item(draw, ItemType.TRUE_FALSE, {"stem": draw(texts())}, {"value": draw(st.booleans())})


@st.composite
def fill_ins(draw: DrawFn, blanks: int = 1) -> ReadItem:
    stem = " ____ ".join(draw(texts()) for _ in range(blanks)) + draw(st.sampled_from([" ____", "____ 。"]))
    accepted = st.lists(texts(lines=1).filter(lambda text: "->" not in text), min_size=1, max_size=3, unique=True)
    key: dict[str, Any] = {"blanks": [draw(accepted) for _ in range(blanks)]}
    if draw(st.booleans()):
        key["case_sensitive"] = True
    return _item(draw, ItemType.FILL_IN, {"stem": stem, "blanks": blanks}, key)


@st.composite
def numbers(draw: DrawFn) -> ReadItem:
    unit = draw(st.sampled_from(["", "mm", "℃", "m²", "%"]))
    key = {
        "value": draw(st.sampled_from(["3.14", "-5", "0", "1E+3"])),
        "tolerance": draw(st.sampled_from(["0", "0.01"])),
    }
    return _item(draw, ItemType.NUMERIC, {"stem": draw(texts()), **({"unit": unit} if unit else {})}, key)


@st.composite
def matchings(draw: DrawFn) -> ReadItem:
    options = draw(_options())
    rights = draw(st.lists(texts(lines=1), min_size=len(options), max_size=len(options) + 2, unique=True))
    matches = content.options_of(rights)
    pairs = {option["id"]: match["id"] for option, match in zip(options, matches, strict=False)}
    exact = {"scoring": "EXACT"} if draw(st.booleans()) else {}
    told = {"stem": draw(texts()), "options": options, "matches": matches}
    return _item(draw, ItemType.MATCHING, told, {"pairs": pairs, **exact})


@st.composite
def orderings(draw: DrawFn) -> ReadItem:
    options = draw(_options())
    order = draw(st.permutations([option["id"] for option in options]))
    key = {"order": list(order), "scoring": draw(st.sampled_from(["EXACT", "PAIRS"]))}
    return _item(draw, ItemType.ORDERING, {"stem": draw(texts()), "options": options}, key)


@st.composite
def inline_choices(draw: DrawFn) -> ReadItem:
    gaps = [draw(_options()) for _ in range(draw(st.integers(1, 3)))]
    stem = draw(texts()) + " ____ 。" * len(gaps)
    return _item(
        draw,
        ItemType.INLINE_CHOICE,
        {"stem": stem.strip(), "gaps": gaps},
        {"gaps": [draw(st.sampled_from(gap))["id"] for gap in gaps]},
    )


@st.composite
def written(draw: DrawFn, *, points: bool = False) -> ReadItem:
    kind = draw(st.sampled_from([ItemType.SHORT_ANSWER, ItemType.EXTENDED_ANSWER]))
    length = {"length": 300} if kind is ItemType.EXTENDED_ANSWER and draw(st.booleans()) else {}
    key = {"reference": draw(texts()), "points": draw(st.lists(texts(), max_size=3)) if points else []}
    made = _item(draw, kind, {"stem": draw(texts()), **length}, key)
    return made if points else replace(made, explanation="")


def with_media(item: ReadItem) -> ReadItem:
    """Return the item with a picture at its stem, one at its first option, and a sound."""
    picture, other, sound = (
        _medium(PIXEL, "图 1.png"),
        _medium(PIXEL + b"2", "b.png"),
        _medium(WAVE, "c.wav", "audio/wav"),
    )
    options = [dict(option) for option in item.content["options"]]
    options[0]["media"] = other.digest
    entries = [
        {"digest": picture.digest, "kind": "PICTURE", "media_type": "image/png", "alt": 'ein "Bild" & mehr'},
        {"digest": sound.digest, "kind": "AUDIO", "media_type": "audio/wav", "alt": ""},
        {"digest": other.digest, "kind": "PICTURE", "media_type": "image/png", "alt": "b"},
    ]
    return replace(item, content={**item.content, "options": options, "media": entries}, media=(picture, sound, other))


def _medium(data: bytes, name: str, media_type: str = "image/png") -> Medium:
    return Medium(hashlib.sha256(data).hexdigest(), media_type, data, name)


def _item(draw: DrawFn, kind: ItemType, told: dict[str, Any], key: dict[str, Any]) -> ReadItem:
    content.check(kind, told, key)
    told, key = content.lettered(kind, told, key)
    task = draw(st.sampled_from(["", "任务 1", "a/b"]))
    return ReadItem(
        where="",
        type=kind,
        content=told,
        key=key,
        explanation=draw(st.one_of(st.just(""), texts())),
        code=draw(st.sampled_from(["", "A-1"])),
        external_id=draw(st.sampled_from(["", "id]1"])),
        difficulty=draw(st.sampled_from([None, *Difficulty])),
        work_task=task,
        knowledge_point=draw(st.sampled_from(["", "知识点"])),
        tags=draw(st.sampled_from([(), ("防火", "a:b [c]")])),
        points=draw(st.sampled_from(["", "2", "1.5"])),
    )

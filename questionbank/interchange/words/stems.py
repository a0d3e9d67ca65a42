"""What people put into a stem beside the question: its type, its points, and the answer in brackets."""

import re
import unicodedata
from collections import deque
from dataclasses import dataclass

from questionbank.interchange.drafts import mathematics, words
from questionbank.kinds import ItemType

_TYPE = re.compile(r"^\s*[【\[(（]\s*(?P<word>[^】\])）]{1,12})\s*[】\])）]\s*")
_POINTS = re.compile(r"[(（\[【]\s*(?:本题|本小题|共|每题|每空)?\s*(?P<points>\d+(?:\.\d+)?)\s*分\s*[)）\]】]")
_LETTERS = re.compile(r"[(（【]\s*(?P<answer>[A-JＡ-Ｊ](?:\s*[,，、;；]?\s*[A-JＡ-Ｊ])*)\s*[)）】]")
_EMPTY = re.compile(r"[(（]\s*[)）]\s*$")
_JUDGED = re.compile(r"[(（【]\s*(?P<answer>[√✓✔×✗✘xX对错TFＴＦ]|正确|错误)\s*[)）】]")


@dataclass(frozen=True)
class Stem:
    """A stem without what was told beside it; each empty when it was not told."""

    text: str
    type: str = ""
    points: str = ""
    answer: str = ""


def read(text: str, *, has_options: bool, type_word: str) -> Stem:
    """Return the stem. An answer's brackets stay, empty, where the question goes on or leads up to them."""
    told = _TYPE.match(text)
    if told and not words.is_type(told["word"]):
        told = None
    rest = text[told.end() :] if told else text
    points = _last(_POINTS, rest)
    if points:
        rest = (rest[: points.start()] + rest[points.end() :]).strip()
    word = told["word"] if told else type_word
    answer = _answer(rest, word, has_options=has_options)
    if answer:
        rest = _emptied(rest, answer, keeps=has_options)
    elif words.item_type(word) is ItemType.TRUE_FALSE:
        rest = _EMPTY.sub("", rest)
    return Stem(
        rest.strip(), told["word"] if told else "", points["points"] if points else "", _plain(answer) if answer else ""
    )


def _answer(text: str, word: str, *, has_options: bool) -> re.Match[str] | None:
    if has_options:
        return _last(_LETTERS, text)
    is_judged = words.item_type(word) is ItemType.TRUE_FALSE
    found = _last(_JUDGED, text) or (_last(_LETTERS, text) if is_judged else None)
    return found if found and (is_judged or _is_at_an_end(text, found)) else None


def _is_at_an_end(text: str, found: re.Match[str]) -> bool:
    return not text[: found.start()].strip() or not text[found.end() :].strip(" 。.")


def _emptied(text: str, found: re.Match[str], *, keeps: bool) -> str:
    brackets = "（　）" if keeps or not _is_at_an_end(text, found) else ""
    return text[: found.start()] + brackets + text[found.end() :]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(mathematics.without(text)), maxlen=1)), None)


def _plain(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found["answer"])

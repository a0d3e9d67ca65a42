"""Options, and answers that name them by letters or by their text."""

import re
import unicodedata
from typing import Any

from questionbank.interchange.drafts.draft import Draft, Fault

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BETWEEN = re.compile(r"[\s.,;、/|&+>→和与及]+")
_LABELLED_ANSWER = re.compile(r"([A-Z])\s*[.、:)].+", re.DOTALL)


def options(draft: Draft) -> list[dict[str, str]]:
    """Return the options with ids a, b, c…; raises Fault unless there are two or more, none empty."""
    if len(draft.options) < 2 or not all(text or n in draft.option_media for n, text in enumerate(draft.options)):  # noqa: PLR2004 (less is no choice)
        raise Fault(
            "options_missing", "options", "两个以上选项,且不能有空选项 / two or more options, none of them empty"
        )
    if len(draft.options) > len(LETTERS):
        raise Fault("options_many", "options", f"选项多于 {len(LETTERS)} 个 / more than {len(LETTERS)} options")
    return [_option(draft, n, text) for n, text in enumerate(draft.options)]


def _option(draft: Draft, number: int, text: str) -> dict[str, str]:
    media = {"media": draft.option_media[number]} if number in draft.option_media else {}
    return {"id": LETTERS[number].lower(), "text": text, **media}


def single(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    right = named(draft)
    if len(right) != 1:
        raise Fault("key_count", "answer", f"单选题只能有一个正确答案:{draft.answer} / exactly one option is right")
    return {"options": options(draft), **_fixed(draft)}, {"right": right}


def multiple(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    right = named(draft)
    if len(right) < 2:  # noqa: PLR2004 (one would be a single choice)
        raise Fault("key_count", "answer", f"多选题至少有两个正确答案:{draft.answer} / two or more options are right")
    return {"options": options(draft), **_fixed(draft)}, {"right": sorted(right), **_weights(draft)}


def ordering(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    order = named(draft)
    if len(order) != len(draft.options):
        raise Fault("order_incomplete", "answer", f"顺序须包含每个选项一次:{draft.answer} / name every option once")
    scoring = {"scoring": "PAIRS"} if draft.scoring.strip().upper() == "PAIRS" else {}
    return {"options": options(draft)}, {"order": order, **scoring}


def named(draft: Draft) -> list[str]:
    """Return the ids that the answer names, in its order: by letters in any writing, or by the options' own words."""
    found = _by_letters(draft.answer, len(draft.options)) or _by_words(draft.answer, draft.options)
    if not draft.answer.strip():
        raise Fault("key_missing", "answer", "没有答案 / there is no answer")
    if not found:
        raise Fault("key_unknown", "answer", f"答案不是选项之一:{draft.answer} / the answer names none of the options")
    if len(set(found)) < len(found):
        raise Fault("key_repeated", "answer", f"答案重复:{draft.answer} / an option is named twice")
    return [LETTERS[place].lower() for place in found]


def _by_letters(answer: str, count: int) -> list[int]:
    text = unicodedata.normalize("NFKC", answer).strip().upper()
    labelled = _LABELLED_ANSWER.fullmatch(text)
    return _places(text, count) or (_places(labelled[1], count) if labelled else [])


def _places(text: str, count: int) -> list[int]:
    places = [LETTERS.find(char) for char in _BETWEEN.sub("", text)]
    return places if all(0 <= place < count for place in places) else []


def _by_words(answer: str, texts: tuple[str, ...]) -> list[int]:
    if answer.strip() in texts:
        return [texts.index(answer.strip())]
    parts = [part.strip() for part in re.split(r"[|;；\n]", answer)]
    return [texts.index(part) for part in parts] if all(part in texts for part in parts) else []


def _fixed(draft: Draft) -> dict[str, Any]:
    """Return the options that keep their place."""
    if not draft.fixed.strip():
        return {}
    places = _by_letters(draft.fixed, len(draft.options))
    if not places:
        raise Fault("fixed_unknown", "fixed", f"固定选项不存在:{draft.fixed} / a fixed option is not among the options")
    return {"fixed": [LETTERS[place].lower() for place in places]}


def _weights(draft: Draft) -> dict[str, Any]:
    """Return the scoring that a text such as "A:0.5;C:0.5;B:-0.5;LEAST:0" means; none for EXACT."""
    pairs = dict(re.findall(r"(LEAST|[A-Z])\s*[:：=]\s*(-?\d+(?:\.\d+|/\d+)?)", draft.scoring.upper()))
    if not pairs:
        return {}
    least = pairs.pop("LEAST", "0")
    return {
        "scoring": {
            "mode": "MAP",
            "weights": {letter.lower(): weight for letter, weight in pairs.items()},
            "least": least,
        }
    }

"""Answers in words, which people mark."""

import re
from typing import Any

from questionbank.interchange.drafts.draft import Draft, Fault

_MARKS = re.compile(r"[;；]")


def short(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    if not draft.answer.strip() and not draft.type.strip():  # it may be no question at all
        raise Fault("no_reference", "answer", "没有参考答案 / there is no reference answer")
    lines = draft.outline.strip().split("\n")
    points = [part.strip() for part in (lines if len(lines) > 1 else _MARKS.split(lines[0])) if part.strip()]
    return {}, {"reference": draft.answer.strip(), "points": points}


def extended(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    content, key = short(draft)
    if not draft.length.strip():
        return content, key
    if not re.fullmatch(r"\d{1,5}", draft.length.strip()):
        raise Fault("not_whole", "length", f"字数不是整数:{draft.length} / the length is no whole number")
    return {"length": int(draft.length)}, key

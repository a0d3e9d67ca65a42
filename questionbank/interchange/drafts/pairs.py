"""Matching: what stands on the left, what on the right, and which belongs to which."""

import re
import unicodedata
from typing import Any

from questionbank.interchange.drafts import choices
from questionbank.interchange.drafts.draft import Draft, Fault

_PAIR = re.compile(r"([A-Z])\s*(?:->|=>|[-—–:=→>~]|\s)*\s*(\d{1,2})")


def matching(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    left = choices.options(draft)
    right = [{"id": str(n), "text": text} for n, text in enumerate(draft.matches, start=1)]
    if len(right) < 2 or not all(draft.matches):  # noqa: PLR2004 (less is nothing to match)
        raise Fault(
            "matches_missing", "matches", "右侧至少两项,且不能为空 / two or more on the right, none of them empty"
        )
    pairs = _pairs(draft.answer)
    if set(pairs) != {option["id"] for option in left} or not set(pairs.values()) <= {one["id"] for one in right}:
        raise Fault("pairs_differ", "answer", f"每个左侧项配一个右侧项:{draft.answer} / pair everything on the left")
    scoring = {"scoring": "EXACT"} if draft.scoring.strip().upper() == "EXACT" else {}
    return {"options": left, "matches": right}, {"pairs": pairs, **scoring}


def _pairs(answer: str) -> dict[str, str]:
    text = unicodedata.normalize("NFKC", answer).upper()
    found = _PAIR.findall(text)
    if re.sub(r"[\s,;、|/]", "", _PAIR.sub("", text)) or len({letter for letter, _ in found}) < len(found):
        detail = f"写成 A-2;B-1 的样子:{answer} / write the pairs like A-2;B-1"
        raise Fault("pairs_unreadable", "answer", detail)
    return {letter.lower(): number for letter, number in sorted(found)}

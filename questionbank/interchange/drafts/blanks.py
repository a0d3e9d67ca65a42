"""Blanks in a stem, and what is accepted in each."""

import re
import unicodedata
from typing import Any

from questionbank.interchange.drafts import mathematics
from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.drafts.draft import Draft, Fault

BLANK = "____"
_UNDERSCORES = re.compile(r"[_＿]{2,}")
_EMPTY_BRACKETS = re.compile(r"[（(【][\s\u3000]*[)）】]|\[填空\d*\]")
_NUMBERED = re.compile(r"(?:^|(?<=[\s;；,，。]))(?:[(（]\d{1,2}[)）]|[①-⑳]|第\d{1,2}空[:：])\s*")
_SEPARATORS = (r"[;；]", r"\n", r"\|\|\|?", r"\|", r"、", r"[,，]", r"\s+")


def marked(stem: str) -> str:
    """Return the stem with every blank as `____`: runs of underscores, and where there are none, empty brackets."""
    blank = _UNDERSCORES if _UNDERSCORES.search(mathematics.without(stem)) else _EMPTY_BRACKETS
    return mathematics.outside(stem, lambda words: blank.sub(BLANK, words))


def fill_in(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    stem = marked(draft.stem).strip()
    count = stem.count(BLANK)
    written = draft.answer or ";".join(draft.options)  # some templates put each blank's answer under an option
    if not written.strip():
        raise Fault("key_missing", "answer", "没有答案 / there is no answer")
    if not count:
        raise Fault("blanks_missing", "stem", f"题干没有空:用 {BLANK} 或（ ）标出 / mark each blank with {BLANK}")
    blanks = [_alternatives(text) for text in divided(written, count)]
    if not all(blanks):
        raise Fault("blank_unanswered", "answer", f"有的空没有答案:{written} / a blank has no accepted answer")
    strict = {"case_sensitive": True} if draft.scoring.strip().upper() == "CASE" else {}
    return {"stem": stem, "blanks": count}, {"blanks": blanks, **strict}


def inline_choice(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    stem = marked(draft.stem).strip()
    count = stem.count(BLANK)
    if not count or count != len(draft.gaps):
        raise Fault(
            "gaps_differ", "gaps", f"题干有 {count} 个空,选项有 {len(draft.gaps)} 组 / as many sets of options as gaps"
        )
    if any(len(texts) < 2 for texts in draft.gaps):  # noqa: PLR2004 (less is no choice)
        raise Fault("options_missing", "gaps", "每个空至少两个选项 / two or more options for each gap")
    options = [[{"id": LETTERS[n].lower(), "text": text} for n, text in enumerate(texts)] for texts in draft.gaps]
    answers = re.findall(r"[A-Z]", unicodedata.normalize("NFKC", draft.answer).upper())
    if len(answers) != count or any(
        LETTERS.index(a) >= len(texts) for a, texts in zip(answers, draft.gaps, strict=True)
    ):
        raise Fault("key_unknown", "answer", f"每个空一个字母:{draft.answer} / one letter for each gap")
    return {"stem": stem, "gaps": options}, {"gaps": [letter.lower() for letter in answers]}


def divided(answer: str, count: int) -> list[str]:
    """Return the answer in as many texts as there are blanks; raises Fault when it does not come apart that way."""
    text = answer.strip()
    numbered = [part.strip(" ;；,，\n") for part in _NUMBERED.split(text)]
    if len(numbered) == count + 1 and not numbered[0]:
        return numbered[1:]
    if count == 1:
        return [text]
    for separator in _SEPARATORS:
        parts = [part.strip() for part in re.split(separator, text.strip(";；\n"))]
        if len(parts) == count:
            return parts
    detail = f"题干有 {count} 个空,答案是“{answer}” / the stem has {count} blanks, the answer does not"
    raise Fault("blanks_differ", "answer", detail)


def _alternatives(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]

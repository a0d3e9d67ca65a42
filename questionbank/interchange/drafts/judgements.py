"""True or false."""

from typing import Any

from questionbank.interchange.drafts import words
from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.drafts.draft import Draft, Fault


def true_false(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    value = judged(draft)
    if value is None:
        code, detail = "not_true_false", f"答案既不是对也不是错:{draft.answer} / the answer is neither true nor false"
        raise Fault(code, "answer", detail)
    return {}, {"value": value}


def judged(draft: Draft) -> bool | None:
    """Return the judgement; a letter means what the option under it says, whichever order the options have."""
    letter = words.folded(draft.answer).upper()
    if len(letter) == 1 and letter in LETTERS and LETTERS.index(letter) < len(draft.options):
        meant = words.judgement(draft.options[LETTERS.index(letter)])
        if meant is not None:
            return meant
    return words.judgement(draft.answer)


def has_judging_options(draft: Draft) -> bool:
    """Whether the options are a true and a false one and nothing else."""
    said = {words.judgement(text) for text in draft.options if len(words.folded(text)) > 1 or text in "对错√×"}
    return len(draft.options) == 2 and said == {True, False}  # noqa: PLR2004 (one for each truth)

"""Which type a draft is: by its word, and where that says too little, by its form."""

from questionbank.interchange.drafts import blanks, choices, judgements, numbers, words
from questionbank.interchange.drafts.draft import Draft, Fault
from questionbank.kinds import ItemType


def type_of(draft: Draft) -> ItemType | None:
    """Return the type, None for a word that names none."""
    if draft.parts:
        return ItemType.COMPOSITE
    named = words.item_type(draft.type)
    if named is ItemType.SHORT_ANSWER and "计算" in draft.type and _is_number(draft.answer):
        return ItemType.NUMERIC
    if named or (draft.type.strip() and not words.is_either_choice(draft.type)):
        return named
    return _by_form(draft)


def _by_form(draft: Draft) -> ItemType:
    if draft.gaps:
        return ItemType.INLINE_CHOICE
    if draft.matches:
        return ItemType.MATCHING
    if judgements.has_judging_options(draft) or (not draft.options and words.judgement(draft.answer) is not None):
        return ItemType.TRUE_FALSE
    if draft.options:
        return _choice(draft)
    return ItemType.FILL_IN if blanks.BLANK in blanks.marked(draft.stem) else ItemType.SHORT_ANSWER


def _choice(draft: Draft) -> ItemType:
    try:
        return ItemType.MULTIPLE_CHOICE if len(choices.named(draft)) > 1 else ItemType.SINGLE_CHOICE
    except Fault:
        return ItemType.SINGLE_CHOICE


def _is_number(answer: str) -> bool:
    try:
        numbers.read(answer)
    except Fault:
        return False
    return True

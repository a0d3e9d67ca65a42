"""Putting in order, matching, and choosing in the gaps of a text."""

from questionbank.content.options import checked_ids
from questionbank.content.shapes import Json, listed, mapped, refuse, texts
from questionbank.content.texts import BLANK, MOST_BLANKS

EXACT, PAIRS = "EXACT", "PAIRS"


def check_ordering(content: Json, key: Json) -> None:
    """The key puts all options in order."""
    ids = checked_ids(content, content.get("options"), field="content.options")
    if sorted(texts(key.get("order"))) != sorted(ids):
        refuse("key.order", "order_differs", "the key does not put each option in its place once")
    _check_scoring(key)


def check_matching(content: Json, key: Json) -> None:
    """The key gives each option of the left side one of the right side, which may have more."""
    left = checked_ids(content, content.get("options"), field="content.options")
    right = checked_ids(content, content.get("matches"), field="content.matches")
    pairs = mapped(key.get("pairs"))
    if set(pairs) != set(left) or not all(match in right for match in pairs.values()):
        refuse("key.pairs", "pairs_differ", "the key does not give each option one of the matches")
    _check_scoring(key)


def check_inline_choice(content: Json, key: Json) -> None:
    """The stem marks as many gaps as there are lists of options, and the key names one of each."""
    gaps, right = listed(content.get("gaps")), listed(key.get("gaps"))
    if not 0 < len(gaps) <= MOST_BLANKS or content["stem"].count(BLANK) != len(gaps):
        refuse("content.gaps", "gaps_differ", f"the stem marks each gap with {BLANK}, and there are as many lists")
    ids = [checked_ids(content, options, field="content.gaps") for options in gaps]
    if len(right) != len(ids) or not all(one in options for one, options in zip(right, ids, strict=True)):
        refuse("key.gaps", "gap_unanswered", "the key does not name one option of each gap")


def _check_scoring(key: Json) -> None:
    if key.get("scoring", EXACT) not in (EXACT, PAIRS):
        refuse("key.scoring", "scoring_unknown", "it is scored EXACT or by PAIRS")

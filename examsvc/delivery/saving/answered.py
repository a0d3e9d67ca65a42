"""Which questions of a sitting are answered, remembered by the head of its chain.

The head determines all responses before it, so what is remembered under it can never be wrong, whatever other
processes wrote or undid: after that the sitting has another head, and its log is read afresh.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from examsvc.delivery import answers
from examsvc.delivery.models import CHAIN_START
from examsvc.delivery.saving.entries import Said

MOST_KEPT = 20_000
_kept: OrderedDict[str, str] = OrderedDict()
"""Refs, divided by spaces: a set for each of ten thousand sittings would take eighty megabytes. Its oldest goes in one
step, which a loop over it would not be beside the writer's thread."""


def recalled(head: str) -> set[str] | None:
    """Return the refs that were answered up to the head, or None when that is not remembered."""
    if head == CHAIN_START:
        return set()
    refs = _kept.get(head)
    return None if refs is None else set(refs.split())


def remember(head: str, refs: Iterable[str], *, instead_of: str = "") -> None:
    """Remember the answered refs under a head, and no longer those under the one it follows."""
    _kept.pop(instead_of, None)
    while len(_kept) >= MOST_KEPT:
        _kept.popitem(last=False)
    _kept[head] = " ".join(refs)


def after(refs: set[str], said: Iterable[Said | tuple[str, Any]]) -> set[str]:
    """Return the refs that are answered once that was said too, in its order."""
    refs = set(refs)
    for one in said:
        ref, answer = one if isinstance(one, tuple) else (one.item_ref, one.answer)
        (refs.add if answers.is_answered(answer) else refs.discard)(ref)
    return refs

"""Which questions of a sitting are answered, as the sitting itself says it: to ask its log would be the dearer the more
is written. Pure.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from examsvc.delivery import answers
from examsvc.delivery.saving.entries import Said


class Answering(Protocol):
    """The part of a sitting that this is about. `answered_refs` are None where nobody has written them down yet."""

    answered_count: int
    answered_refs: str | None


def of(sitting: Answering) -> set[str] | None:
    """Return the refs that are answered, or None when only the log knows."""
    return None if sitting.answered_refs is None else set(sitting.answered_refs.split())


def write_down(sitting: Answering, refs: set[str]) -> None:
    """Have the sitting say which refs are answered, and how many."""
    sitting.answered_refs, sitting.answered_count = " ".join(sorted(refs)), len(refs)


def after(refs: set[str], said: Iterable[Said | tuple[str, Any]]) -> set[str]:
    """Return the refs that are answered once that was said too, in its order."""
    refs = set(refs)
    for one in said:
        ref, answer = one if isinstance(one, tuple) else (one.item_ref, one.answer)
        (refs.add if answers.is_answered(answer) else refs.discard)(ref)
    return refs

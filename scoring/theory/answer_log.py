"""Which of the answers that a candidate gave counts."""

from collections.abc import Iterable
from typing import Any


def last_answers(log: Iterable[tuple[int, int, str, Any]]) -> dict[str, Any]:
    """Return the answer that counts for each question, from lines of (epoch, seq, item_ref, answer).

    The highest (epoch, seq) counts, whatever the order of the lines; a last answer of None is no answer.
    """
    newest: dict[str, tuple[int, int, Any]] = {}
    for epoch, seq, ref, answer in log:
        if ref not in newest or (epoch, seq) > newest[ref][:2]:
            newest[ref] = (epoch, seq, answer)
    return {ref: answer for ref, (_, _, answer) in newest.items() if answer is not None}

"""A batch as a page of ours writes it, read without a schema's generality. Pure.

Only what every page sends is read here; anything else, right or wrong, is left to the schema (`ResponseBatch`), which
takes whatever is taken here and makes the same of it.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any, Final

from examsvc.delivery.saving.entries import Entry

MOST_ENTRIES: Final = 200
MOST_SEQ: Final = 1_000_000_000
_BATCH: Final = {"epoch", "entries"}
_ENTRY: Final = {"seq", "item_ref", "answer", "flagged", "client_at"}
_REF: Final = re.compile(r"[A-Za-z0-9]{1,8}")
_INSTANT: Final = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?(Z|\+00:00)", re.ASCII)


def read(body: bytes) -> tuple[int, list[Entry]] | None:
    """Return epoch and entries, or None when the schema has to look."""
    try:
        told = json.loads(body)
        entries = told["entries"] if type(told) is dict and told.keys() == _BATCH else None
        if type(entries) is not list or not 1 <= len(entries) <= MOST_ENTRIES or not _is_number(told["epoch"]):
            return None
        found = [_entry(entry) for entry in entries]
    except (ValueError, RecursionError):
        return None
    ready = [entry for entry in found if entry]
    return (told["epoch"], ready) if len(ready) == len(found) else None


def _entry(told: Any) -> Entry | None:
    if type(told) is not dict or told.keys() != _ENTRY:
        return None
    seq, ref, answer, flagged, at = (told[name] for name in ("seq", "item_ref", "answer", "flagged", "client_at"))
    if not (_is_number(seq) and type(ref) is str and _REF.fullmatch(ref) and type(flagged) is bool):
        return None
    if not (answer is None or type(answer) is dict) or type(at) is not str or not _INSTANT.fullmatch(at):
        return None
    return Entry(seq, ref, answer, flagged, datetime.fromisoformat(at).astimezone(UTC))


def _is_number(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MOST_SEQ

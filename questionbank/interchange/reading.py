"""A file of any format read as a stream of items and of what is wrong with them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from questionbank import content
from questionbank.errors import BadItem
from questionbank.interchange import sniffing
from questionbank.interchange.model import Event, Format, Level, Problem, Reading, ReadItem, Refused, Unsupported

# What a reader is given beside the file is how the columns of a table are named; others do not look at it.
Reader = Callable[[Path, Mapping[str, str] | None], Iterator[Event]]

# By name, because most bring a library of their own: only the one that reads is loaded.
READERS: dict[Format, str] = {
    Format.XLSX: "sheets.reading:read_workbook",
    Format.CSV: "sheets.reading:read_separated",
    Format.DOCX: "words.reading:read_document",
    Format.TEXT: "words.reading:read_pasted",
    Format.AIKEN: "texts.aiken:read",
    Format.GIFT: "texts.gift_reading:read",
    Format.MOODLE_XML: "moodle.reading:read",
    Format.QTI12: "qti.old.documents:read",
    Format.QTI21: "qti.packages:read",
    Format.QTI22: "qti.packages:read",
    Format.QTI3: "qti.packages:read",
}


def read(path: Path, format: Format | None = None, mapping: Mapping[str, str] | None = None) -> Reading:  # noqa: A002 - its word
    """Return the file's events, which are read while they are walked; Refused is raised here or on the way.

    Without `format` the file tells it. An item that breaks a rule of its type comes out as the Problem it has.
    """
    told = format or sniffing.sniff(path)
    if told not in READERS:
        raise Refused("format_unread", f"{told} is not read")
    reader: Reader = resolve_name(f"{__package__}.{READERS[told]}")
    return Reading(told, _checked(reader(path, mapping)))


def report(reading: Reading) -> dict[str, Any]:
    """Walk the events and return what an import would bring, ready for JSON; raises Refused."""
    types: Counter[str] = Counter()
    unsupported: list[dict[str, str]] = []
    problems: dict[Level, list[dict[str, str]]] = {level: [] for level in Level}
    for event in reading.events:
        if isinstance(event, ReadItem):
            types[event.type.value] += 1
        elif isinstance(event, Unsupported):
            unsupported.append({"where": event.where, "kind": event.kind, "detail": event.detail})
        else:
            problems[event.level].append({"where": event.where, "code": event.code, "detail": event.detail})
    return {
        "format": reading.format.value,
        "items": types.total(),
        "by_type": dict(sorted(types.items())),
        "unsupported": unsupported,
        "warnings": problems[Level.WARNING],
        "errors": problems[Level.ERROR],
    }


def _checked(events: Iterator[Event]) -> Iterator[Event]:
    for event in events:
        if not isinstance(event, ReadItem):
            yield event
            continue
        sound = _sound(event)
        yield from _unreferenced(sound)
        yield sound


def _unreferenced(event: Event) -> Iterator[Problem]:
    """Yield a warning when who marks has nothing to go by; that pictures are undescribed the readers say themselves."""
    if not isinstance(event, ReadItem):
        return
    lacks = [lack.extra for lack in content.lacking(event.type, event.content, event.key)]
    if any(lack["fault"] == "no_reference" for lack in lacks):
        detail = "a draft without a reference answer; it is asked for before the item goes to review"
        yield Problem(event.where, Level.WARNING, "no_reference", detail)


def _sound(item: ReadItem) -> Event:
    """Return the item with ids that tell nothing of its key, or the Problem that keeps it out."""
    try:
        content.check_draft(item.type, item.content, item.key)
    except BadItem as bad:
        return Problem(item.where, Level.ERROR, bad.extra["fault"], f"{bad.extra['reason']} ({bad.extra['field']})")
    lettered, key = content.lettered(item.type, item.content, item.key)
    return replace(item, content=lettered, key=key)

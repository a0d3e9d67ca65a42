"""What was typed into the public forms, checked field by field. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from examsvc.registry.publicity.objecting import Complaint
from examsvc.registry.publicity.states import Against

LONGEST = {"name": 80, "contact": 120, "text": 3000, "reference": 40, "secret": 40, "form_key": 64}
TRAP = "website"
"""A field that nobody sees: who fills it in is a program."""


@dataclass(frozen=True)
class Typed:
    """The form as it was sent; `missing` are the fields that are empty or too long."""

    values: Mapping[str, str]
    missing: tuple[str, ...]
    complaint: Complaint | None


def read(sent: Mapping[str, str]) -> Typed:
    """Return what was typed, with the complaint when the whole of it is there."""
    names = ("case_id", "name", "contact", "against", "text")
    values = {name: _storable(sent.get(name, "")) for name in names}
    missing = tuple(name for name in names if not _is_good(name, values[name]))
    whole = None if missing else _complaint(values)
    return Typed(values, missing, whole)


def _complaint(values: Mapping[str, str]) -> Complaint:
    return Complaint(
        case_id=UUID(values["case_id"]),
        name=values["name"],
        contact=values["contact"],
        against=Against(values["against"]),
        text=values["text"],
    )


def _is_good(name: str, value: str) -> bool:
    if name == "against":
        return value in tuple(Against)
    if name == "case_id":
        return _is_uuid(value)
    return 0 < len(value) <= LONGEST[name]


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _storable(text: str) -> str:
    """Return the text without what no database keeps (NUL, lone surrogates), with plain line ends."""
    kept = "".join(char for char in text if char != "\x00" and not "\ud800" <= char <= "\udfff")
    return kept.replace("\r\n", "\n").strip()

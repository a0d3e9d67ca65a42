"""A paper's questions as they are sent: in the candidate's own stored order. Pure."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from examsvc.delivery.questions import PaperForm, Question, Shown

Place = Mapping[str, Any]


def laid_out(form: PaperForm, arrangement: Iterable[Place]) -> list[dict[str, Any]]:
    """Return the sections with their questions in the arranged order, numbered through."""
    placed = [(form[place["ref"]], place) for place in arrangement]
    shown = [
        {"ref": question.ref, "number": number, **as_shown(question, place), "parts": _parts(question, place) or None}
        for number, (question, place) in enumerate(placed, start=1)
    ]
    return [{"type": kind, "questions": list(section)} for kind, section in groupby(shown, key=lambda one: one["type"])]


def as_shown(question: Question, place: Place) -> dict[str, Any]:
    """Return the question without its parts, in the order of its place, or of its content where the place is silent."""
    return {
        "type": question.type,
        "stem": question.stem,
        "points": question.points,
        "options": _ordered(question.shown_options, place.get("options")) or None,
        "blanks": question.blanks,
        "unit": question.unit,
        "matches": _ordered(question.shown_matches, place.get("matches")) or None,
        "gaps": _gaps(question, place) or None,
        "picture": question.picture,
        "marks": question.marks,
        "length": question.length,
        "media": list(question.media),
    }


def _ordered(shown: Mapping[str, Shown], ids: Iterable[str] | None) -> list[Shown]:
    return list(shown.values()) if ids is None else [shown[option_id] for option_id in ids]


def _gaps(question: Question, place: Place) -> list[list[Shown]]:
    orders = place.get("gaps") or [None] * len(question.gaps)
    return [_ordered(gap, order) for gap, order in zip(question.shown_gaps, orders, strict=True)]


def _parts(question: Question, place: Place) -> list[dict[str, Any]]:
    places = {inner["ref"]: inner for inner in place.get("parts", ())}
    return [{"id": part.ref, **as_shown(part, places.get(part.ref, {}))} for part in question.parts]

"""A sheet as it is typed in: numbers, types, and the ids behind its letters. Nothing of what is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from examsvc.delivery import laying_out, paper_forms
from examsvc.delivery.models import Sitting


def questions(db: Session, sitting: Sitting) -> list[dict[str, Any]]:
    """Return the questions in the candidate's order: number, type, and the ids behind the letters of the sheet."""
    sections = laying_out.laid_out(paper_forms.of_sitting(db, sitting), sitting.arrangement)
    whole = (question for section in sections for question in section["questions"])
    return [
        {"ref": one["ref"], "number": one["number"], **_places(one), "parts": _parts(one["parts"] or ())}
        for one in whole
    ]


def _parts(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"ref": part["id"], "number": place, **_places(part)} for place, part in enumerate(parts, start=1)]


def _places(shown: Mapping[str, Any]) -> dict[str, Any]:
    picture = shown["picture"] or {}
    return {
        "type": shown["type"],
        "options": _ids(shown["options"]),
        "matches": _ids(shown["matches"]),
        "gaps": [_ids(gap) for gap in shown["gaps"] or ()],
        "blanks": shown["blanks"] or 0,
        "marks": shown["marks"] or 0,
        "width": picture.get("width", 0),
        "height": picture.get("height", 0),
        "unit": shown["unit"] or "",
    }


def _ids(options: Iterable[Mapping[str, Any]] | None) -> list[str]:
    return [option["id"] for option in options or ()]

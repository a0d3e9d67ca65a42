"""Proving that what candidates were shown is the paper they were given, in the order that their sitting keeps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit, canonical
from examsvc.delivery import arranging, dealing, paper_forms
from examsvc.delivery.arranging import Places, Shuffling
from examsvc.delivery.models import Enrolment, Sitting
from questionbank.redrawing import Step


def steps(db: Session, paper_id: UUID) -> Iterator[Step]:
    """Yield, as far as anybody has the paper, whether their orders are orders of it, and are those they opened."""
    exam_session = joinedload(Sitting.enrolment).joinedload(Enrolment.exam_session)
    sittings = db.scalars(select(Sitting).filter_by(paper_id=paper_id).options(exam_session)).all()
    drawn = arranging.as_drawn(paper_forms.form_of(db, paper_id).values(), str(paper_id))
    yield from _step(sittings, "orders", lambda sitting: _is_order_of(drawn, sitting))
    opened = [sitting for sitting in sittings if sitting.opened_at or sitting.seen_before_at]
    yield from _step(opened, "opened papers", lambda sitting: _is_as_opened(db, sitting))


def _step(sittings: Sequence[Sitting], name: str, holds: Callable[[Sitting], bool]) -> Iterator[Step]:
    differing = [str(sitting.id) for sitting in sittings if not holds(sitting)]
    if sittings:
        yield Step(f"{len(sittings)} {name}", f"differs for sittings {', '.join(differing)}" if differing else "")


def _is_order_of(drawn: Places, sitting: Sitting) -> bool:
    return is_order_of(drawn, sitting.arrangement, dealing.shuffling_of(sitting.enrolment.exam_session))


def is_order_of(drawn: Places, stored: Places, shuffling: Shuffling) -> bool:
    """Return whether the stored places hold each question and option of the drawn ones once, moved only as allowed."""
    refs, given = [place["ref"] for place in drawn], [place["ref"] for place in stored]
    if sorted(refs) != sorted(given) or not (shuffling.questions or refs == given):
        return False
    form = _unordered if shuffling.options else dict
    kept = {place["ref"]: form(place) for place in stored}
    return all(kept[place["ref"]] == form(place) for place in drawn)


def _unordered(place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ref": place["ref"],
        "options": sorted(place.get("options", ())),
        "matches": sorted(place.get("matches", ())),
        "gaps": [sorted(gap) for gap in place.get("gaps", ())],
        "parts": [_unordered(part) for part in place.get("parts", ())],
    }


def _is_as_opened(db: Session, sitting: Sitting) -> bool:
    """Compare with what was put on record when the paper was opened; before 2026-11-29 nothing was."""
    now = {"paper": str(sitting.paper_id), "arrangement": canonical.digest(sitting.arrangement)}
    entries = (entry.detail for entry in audit.history(db, sitting.audit_stream) if "arrangement" in entry.detail)
    return all({name: detail[name] for name in now} == now for detail in entries)

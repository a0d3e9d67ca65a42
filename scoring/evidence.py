"""What a result stands on: the log of responses and the signed sheets, together."""

from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment
from scoring.components import Known
from scoring.material import Material, gather
from scoring.practical_part import practical_components
from scoring.theory_part import theory_components


def known_components(db: Session, enrolment: Enrolment, material: Material | None = None) -> tuple[list[Known], bool]:
    """Return the components that are final, by work task, theory first; and whether none is missing.

    `material` was gathered for many enrolments at once; else it is read for this one.
    """
    material = material or gather(db, [enrolment])
    tasks = enrolment.exam_session.filing.specification.work_tasks
    theory_part, practical_part = (
        theory_components(db, enrolment, material),
        practical_components(db, enrolment, material),
    )
    found = [theory_part[task.id] for task in tasks if task.id in theory_part]
    found += [practical_part[task.id] for task in tasks if task.id in practical_part]
    needed = [(task.id, theory_part) for task in tasks if task.theory_share]
    needed += [(task.id, practical_part) for task in tasks if task.practical_share]
    return found, all(key in part for key, part in needed)

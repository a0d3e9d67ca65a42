"""A component of a result that is final, with what it stands on."""

from dataclasses import dataclass
from typing import Any

from examsvc.registry.models import WorkTask
from scoring.aggregate import Component
from scoring.states import ComponentKind


@dataclass(frozen=True)
class Known:
    """What was reached in one work task by theory or practice; `evidence` names the log lines or sheets behind it."""

    kind: ComponentKind
    work_task: WorkTask
    component: Component
    evidence: dict[str, Any]

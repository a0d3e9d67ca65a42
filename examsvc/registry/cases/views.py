"""Cases as plain values for the edges."""

from typing import Any

from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import STEP_OF, WAITS_FOR

_OWN = (
    *("id", "number", "version", "state", "state_since_at", "due_at", "department", "position", "scheme_name"),
    *("occupation_code", "occupation_name", "industries", "organisation_name", "credit_code", "district"),
    *("expected_candidates", "recommendation_id"),
)


def line(case: Case) -> dict[str, Any]:
    """Return the case as the CaseLine schema shows it."""
    own = {name: getattr(case, name) for name in _OWN}
    return {**own, "step": STEP_OF.get(case.state), "waits_for": WAITS_FOR.get(case.state)}

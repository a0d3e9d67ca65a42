from enum import StrEnum

import pytest
from sqlalchemy.orm import Session
from world import World

from certificates.states import CERTIFICATE_LIFECYCLE, DECISION_LIFECYCLE
from examsvc.accounts.models import ACCOUNT_LIFECYCLE, AccountState
from examsvc.core import audit, clock, states
from examsvc.core.errors import IllegalTransition
from examsvc.core.states import Lifecycle
from examsvc.delivery.states import EXAM_SESSION_LIFECYCLE, SITTING_LIFECYCLE
from examsvc.registry.models import FILING_LIFECYCLE
from proctoring.states import INCIDENT_LIFECYCLE
from questionbank.lifecycle import ITEM_LIFECYCLE
from scoring.states import RESULT_LIFECYCLE, SHEET_LIFECYCLE

LIFECYCLES = [
    ACCOUNT_LIFECYCLE,
    FILING_LIFECYCLE,
    ITEM_LIFECYCLE,
    EXAM_SESSION_LIFECYCLE,
    SITTING_LIFECYCLE,
    INCIDENT_LIFECYCLE,
    SHEET_LIFECYCLE,
    RESULT_LIFECYCLE,
    DECISION_LIFECYCLE,
    CERTIFICATE_LIFECYCLE,
]


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.subject)
def test_every_state_stands_in_its_table(lifecycle: Lifecycle[StrEnum]) -> None:
    (kind,) = {type(state) for state in lifecycle.moves}
    assert set(lifecycle.moves) == set(kind)
    assert all(target in kind for targets in lifecycle.moves.values() for target in targets)


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.subject)
def test_what_is_not_in_the_table_is_refused(lifecycle: Lifecycle[StrEnum]) -> None:
    for current, targets in lifecycle.moves.items():
        for target in set(lifecycle.moves) - set(targets):
            with pytest.raises(IllegalTransition):
                lifecycle.check(current, target)


def test_a_move_changes_the_state_and_writes_one_entry(world: World, db: Session) -> None:
    account = world.staff["proctor1"]
    account = db.merge(account)
    before = len(audit.history(db, account.audit_stream))
    states.move(db, account, AccountState.DISABLED, by=world.by("office"), now=clock.now())
    entries = audit.history(db, account.audit_stream)
    assert account.state == AccountState.DISABLED
    assert len(entries) == before + 1
    assert entries[-1].action == "account.disabled"
    assert entries[-1].detail == {"came_from": "ACTIVE"}

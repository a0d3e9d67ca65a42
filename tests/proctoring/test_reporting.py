"""What pages notice is recorded in rounds: as alone, and what is refused holds up nobody."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sitters import Sitter
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.core import pressure
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import NotFound
from examsvc.core.rounds import Alone
from proctoring import reporting
from proctoring.errors import SittingEnded, TooManyEvents
from proctoring.floor import Floor
from proctoring.models import ProctorEvent
from proctoring.reporting import Report
from proctoring.restraint import BURST
from proctoring.states import EventKind
from proctoring.watching import Noticed, Recorded


def _report(database: Database, sitter: Sitter, of: Sitter | None = None) -> Report:
    with database.reading() as db:
        by = accounts.asker(db, sitter.enrolment.candidate.account_id)
    sitting_id = (of or sitter).enrolment.sitting.id
    return Report(sitting_id, Noticed(EventKind.WINDOW_BLURRED, sitter.clock(), {}), by, sitter.clock())


def _recorded(database: Database) -> list[Any]:
    with database.reading() as db:
        return [event.sitting_id for event in db.scalars(select(ProctorEvent).order_by(ProctorEvent.at))]


def test_reports_that_wait_together_are_recorded_together_and_what_is_amiss_alone(
    sitters: list[Sitter], database: Database, moving_clock: MovableClock
) -> None:
    first, second, over = (sitter.begin() for sitter in sitters)
    over.hand_in()
    reports = [_report(database, first), _report(database, over), _report(database, first, of=second)]
    reports.append(_report(database, second))
    with database.transaction() as db:
        done = reporting.record_each(db, reports)
    assert [type(each) for each in done] == [Recorded, Alone, Alone, Recorded]
    assert set(_recorded(database)) == {first.enrolment.sitting.id, second.enrolment.sitting.id}
    with pytest.raises(SittingEnded):
        reporting.record(database, reports[1])
    with pytest.raises(NotFound):
        reporting.record(database, reports[2])
    assert len(_recorded(database)) == 2


def test_pages_that_report_at_once_share_a_transaction(
    sitters: list[Sitter], database: Database, moving_clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [_report(database, sitter.begin()) for sitter in sitters]
    rounds: list[int] = []

    def counted(db: Session, together: list[Report]) -> Any:
        rounds.append(len(together))
        return reporting.record_each(db, together)

    monkeypatch.setattr(reporting._reports, "_work", counted)
    pressure.note(pressure.SOME_LAG_SECONDS * 2)
    try:
        with ThreadPoolExecutor(len(reports)) as pool:
            list(pool.map(lambda report: reporting.record(database, report), reports))
    finally:
        pressure.note(0.0)
    assert rounds == [len(reports)]
    assert len(_recorded(database)) == len(reports)


def test_who_reports_too_much_is_refused_and_nobody_else(
    sitters: list[Sitter], database: Database, floor: Floor, moving_clock: MovableClock
) -> None:
    much, little = (_report(database, sitter.begin()) for sitter in sitters[:2])
    for _ in range(BURST):
        reporting.record(database, much)
    with pytest.raises(TooManyEvents):
        reporting.record(database, much)
    reporting.record(database, little)
    assert len(_recorded(database)) == BURST + 1


def test_a_round_that_fails_leaves_each_to_itself(
    sitter: Sitter, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("a secret row")

    monkeypatch.setattr(reporting._reports, "_work", fail)
    reporting.record(database, _report(database, sitter))
    assert _recorded(database) == [sitter.enrolment.sitting.id]
    assert "a shared transaction failed" in caplog.text
    assert "secret" not in caplog.text

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import delete, select, update
from tablets import FULL, Tablet
from world import World

from examsvc.core import audit
from examsvc.core.db import Database, only
from examsvc.delivery.models import Enrolment, seat_label
from examsvc.delivery.states import SittingState
from scoring import outcomes, signals
from scoring.models import ComponentScore, Mark, Result

Sit = Callable[..., None]
Lend = Callable[..., Tablet]


def sign_all(tablet: Lend, world: World, marks: Mapping[str, Mapping[int, int]], seat: int = 1) -> None:
    """Let each examiner give the same marks on both tasks of one candidate."""
    for name, values in marks.items():
        own = tablet(name)
        for line in own.sheets(world.exam_session.id):
            if line["candidate_number"] == seat_label(1, seat):
                own.finish(line["sheet_id"], values)


def result_of(database: Database, enrolment: Enrolment) -> Result:
    with database.reading() as db:
        found = only(db, Result, enrolment_id=enrolment.id)
    assert found is not None
    return found


def test_a_result_is_ready_once_the_theory_is_over_and_every_sheet_signed(
    tablet: Lend, examined: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    enrolment = examined.enrolments[0]
    sit(enrolment, key)
    assert result_of(database, enrolment).state == "INCOMPLETE"
    sign_all(tablet, examined, {"examiner1": FULL})
    assert result_of(database, enrolment).state == "INCOMPLETE"
    sign_all(tablet, examined, {"examiner2": {**FULL, 3: 10_00}})
    ready = result_of(database, enrolment)
    assert (ready.state, ready.total, ready.passed) == ("READY", 97_00, True)  # 40 + 60 × (100 + 90) / 2


def test_the_order_of_hand_in_and_signatures_does_not_matter(
    tablet: Lend, examined: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": FULL})
    sit(examined.enrolments[0], key)
    assert result_of(database, examined.enrolments[0]).total == 100_00
    assert result_of(database, examined.enrolments[1]).state == "INCOMPLETE"


def test_examiners_who_sign_at_the_same_moment_see_each_other(
    tablet: Lend, examined: World, sit: Sit, database: Database
) -> None:
    sit(examined.enrolments[0], {})
    sheets = []
    for name in ("examiner1", "examiner2"):
        own = tablet(name)
        first, second = (line["sheet_id"] for line in own.sheets(examined.exam_session.id)[:2])
        own.finish(first)
        own.mark(second, FULL)
        sheets.append((own, second))
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda pair: pair[0].sign(pair[1]), sheets))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert result_of(database, examined.enrolments[0]).state == "READY"


def test_what_is_recomputed_from_answers_and_marks_is_what_is_stored(
    tablet: Lend, examined: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    sit(examined.enrolments[0], dict(list(key.items())[:7]))
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": {1: 20_00, 2: 20_00, 3: 5_00, 4: 0}})
    stored = result_of(database, examined.enrolments[0])
    with database.reading() as db:
        again = outcomes.recompute(db, examined.enrolments[0].id)
    assert (again.total, again.passed, again.digest) == (stored.total, stored.passed, stored.digest)
    assert again.breakdown == stored.breakdown


def test_an_altered_mark_no_longer_gives_the_stored_result(
    tablet: Lend, examined: World, sit: Sit, database: Database
) -> None:
    sit(examined.enrolments[0], {})
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": FULL})
    with database.transaction() as db:
        db.execute(update(Mark).where(Mark.criterion == 1).values(value=20_00))
    with database.reading() as db:
        again = outcomes.recompute(db, examined.enrolments[0].id)
    assert again.digest != result_of(database, examined.enrolments[0]).digest


def test_a_result_whose_marks_are_gone_is_no_longer_complete(
    tablet: Lend, examined: World, sit: Sit, database: Database
) -> None:
    sit(examined.enrolments[0], {})
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": FULL})
    with database.transaction() as db:
        db.execute(delete(Mark).where(Mark.criterion == 1))
    with database.reading() as db:
        assert outcomes.recompute(db, examined.enrolments[0].id).digest is None


def test_an_altered_note_changes_the_digest_though_not_the_total(
    tablet: Lend, examined: World, sit: Sit, database: Database
) -> None:
    sit(examined.enrolments[0], {})
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": FULL})
    with database.transaction() as db:
        db.execute(update(Mark).where(Mark.criterion == 1).values(note="later"))
    with database.reading() as db:
        again = outcomes.recompute(db, examined.enrolments[0].id)
    stored = result_of(database, examined.enrolments[0])
    assert again.total == stored.total
    assert again.digest != stored.digest


@pytest.mark.parametrize("state", [SittingState.ABSENT, SittingState.TERMINATED, SittingState.HANDED_IN])
def test_theory_without_answers_is_nothing_with_the_reason_as_evidence(
    examined: World, sit: Sit, database: Database, state: SittingState
) -> None:
    sit(examined.enrolments[0], {}, state)
    with database.reading() as db:
        scores = db.scalars(select(ComponentScore).filter_by(enrolment_id=examined.enrolments[0].id)).all()
    assert [(score.points, score.most) for score in scores] == [(0, 50_00), (0, 50_00)]
    assert {score.evidence["state"] for score in scores} == {str(state)}


def test_who_was_stopped_keeps_what_was_answered_until_then(
    examined: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    sit(examined.enrolments[0], dict(list(key.items())[:4]), SittingState.TERMINATED)
    with database.reading() as db:
        scores = db.scalars(select(ComponentScore).filter_by(enrolment_id=examined.enrolments[0].id)).all()
    assert sum(score.points for score in scores) == 40_00


def test_the_mean_of_examiners_is_kept_exactly_and_rounded_only_in_the_total(
    app: Flask, world: World, tablet: Lend, examined: World, sit: Sit, key: dict[str, Any], database: Database
) -> None:
    ids = [str(world.staff[name].id) for name in ("examiner1", "examiner2", "examiner3")]
    Caller(app).log_in("office").put(f"/api/exam-sessions/{world.exam_session.id}/examiners", {"account_ids": ids})
    sit(examined.enrolments[0], {})
    low = {1: 0, 2: 20_00, 3: 0, 4: 0}
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": FULL, "examiner3": low})
    with database.reading() as db:
        query = select(ComponentScore).filter_by(enrolment_id=examined.enrolments[0].id, kind="PRACTICAL")
        assert [score.points for score in db.scalars(query)] == [Fraction(220_00, 3)] * 2
    assert result_of(database, examined.enrolments[0]).total == 44_00


def test_a_ready_result_is_announced_once_and_recorded(
    tablet: Lend, examined: World, sit: Sit, database: Database
) -> None:
    heard: list[Result] = []

    def hear(result: Result, **_: Any) -> None:
        heard.append(result)

    with signals.result_ready.connected_to(hear):
        sit(examined.enrolments[0], {})
        sign_all(tablet, examined, {"examiner1": FULL, "examiner2": FULL})
    assert [result.enrolment_id for result in heard] == [examined.enrolments[0].id]
    with database.reading() as db:
        entries = audit.history(db, heard[0].audit_stream)
    assert [(entry.action, entry.actor) for entry in entries] == [("result.ready", "system:scoring")]


def test_the_office_reads_every_examiners_total_the_components_and_the_total(
    app: Flask, tablet: Lend, examined: World, sit: Sit, key: dict[str, Any]
) -> None:
    sit(examined.enrolments[0], key)
    sign_all(tablet, examined, {"examiner1": FULL, "examiner2": {**FULL, 3: 5_00}})
    lines = Caller(app).log_in("office").get(f"/api/exam-sessions/{examined.exam_session.id}/results").json["items"]
    line = lines[0]
    assert (line["candidate_number"], line["name"], line["theory"]) == ("01-01", "王小明", 100_00)
    assert [one["total"] for one in line["practicals"][0]["examiners"]] == [100_00, 95_00]
    assert [one["mean"] for one in line["practicals"]] == [97_50, 97_50]
    assert [part["weighted"] for part in line["components"]] == [20_00, 20_00, 39_00, 19_50]
    assert (line["total"], line["passed"], line["state"]) == (98_50, True, "READY")
    assert [one["total"] for one in lines[1]["practicals"][0]["examiners"]] == [None, None]
    assert (lines[1]["theory"], lines[1]["total"], lines[1]["digest"]) == (None, None, None)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("name", "sees"), [("office", True), ("decider", True), ("supervisor", False), ("registrar", False)]
)
def test_names_are_for_the_office_and_the_decision_maker_only(
    app: Flask, examined: World, name: str, sees: bool
) -> None:
    lines = Caller(app).log_in(name).get(f"/api/exam-sessions/{examined.exam_session.id}/results").json["items"]
    assert [line["name"] is not None for line in lines] == [sees] * 3
    assert [line["candidate_number"] for line in lines] == ["01-01", "01-02", "01-03"]

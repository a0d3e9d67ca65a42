"""Time that runs is not made shorter: nobody is ended before the end that they were told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from sitters import Sitter
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.models import Sitting

BASIS = {"basis": "合理便利申请", "document": "便利〔2026〕3 号"}
Stored = Callable[[Sitter], Sitting]


class Office(Caller):
    """The office at the page of accommodations."""

    path = ""

    def decide(self, grant: dict[str, Any], **scope: Any) -> Any:
        return self.post(f"{self.path}/accommodations", {"grant": grant, **BASIS, **scope})

    def withdraw(self, decision: dict[str, Any]) -> Any:
        return self.post(f"{self.path}/accommodations/{decision['id']}/withdraw", {"reason": "更正"})

    def decisions(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.get(f"{self.path}/accommodations").json["items"]
        return listed

    def group(self, *members: str) -> str:
        """Return a new group of these."""
        made: str = self.post(f"{self.path}/accommodation-groups", {"name": "加时组"}).json["groups"][0]["id"]
        self.put(f"{self.path}/accommodation-groups/{made}", {"members": list(members)})
        return made


@pytest.fixture
def office(app: Any, world: World) -> Office:
    office = Office(app)
    office.path = f"/api/exam-sessions/{world.exam_session.id}"
    office.log_in("office")
    return office


@pytest.fixture
def own(sitter: Sitter) -> dict[str, str]:
    return {"enrolment_id": str(sitter.enrolment.id)}


def test_less_time_than_the_candidate_was_told_is_refused_and_answers_count_to_the_end(
    sitter: Sitter,
    office: Office,
    own: dict[str, str],
    world: World,
    moving_clock: MovableClock,
    database: Database,
    stored: Stored,
) -> None:
    office.decide({"extra_minutes": 30}, **own)
    sitter.begin()
    moving_clock.forward(minutes=70)
    for refused in (office.decide({"extra_minutes": 5}, **own), office.withdraw(office.decisions()[0])):
        assert (refused.status_code, refused.json["code"], refused.json["count"]) == (409, "time_runs_already", 1)
    worker.sweep_once(database)
    sitter.answer()
    assert sitter.view()["closes_at"] == (world.now + timedelta(minutes=90)).isoformat()
    assert [one["extra_minutes"] for one in office.decisions()] == [30]
    moving_clock.forward(minutes=21)
    worker.sweep_once(database)
    assert stored(sitter).finished_at == world.now + timedelta(minutes=90)


def test_more_time_and_everything_else_is_decided_while_time_runs(
    sitter: Sitter, office: Office, own: dict[str, str], stored: Stored
) -> None:
    office.decide({"extra_minutes": 30, "text_size": "LARGE"}, **own)
    sitter.begin()
    assert office.decide({"extra_minutes": 30, "high_contrast": True}, **own).status_code == 200
    assert office.decide({"extra_minutes": 40}, **own).status_code == 200
    sitting = stored(sitter)
    assert (sitting.accommodation_seconds, sitting.text_size, sitting.high_contrast) == (2400, None, False)


def test_breaks_are_not_made_shorter_either(sitter: Sitter, office: Office, own: dict[str, str]) -> None:
    office.decide({"break_minutes": 10}, **own)
    sitter.begin()
    assert office.decide({"break_minutes": 5}, **own).json["code"] == "time_runs_already"
    assert sitter.view()["break_seconds_left"] == 600


def test_a_group_is_neither_given_less_nor_left_nor_removed_by_who_has_begun(
    sitter: Sitter, office: Office, own: dict[str, str], stored: Stored
) -> None:
    group = office.group(own["enrolment_id"])
    office.decide({"extra_minutes": 30}, group_id=group)
    sitter.begin()
    path = f"{office.path}/accommodation-groups/{group}"
    refused = (
        office.decide({"extra_minutes": 5}, group_id=group),
        office.withdraw(office.decisions()[0]),
        office.put(path, {"members": []}),
        office.delete(path),
    )
    assert {(one.status_code, one.json["code"]) for one in refused} == {(409, "time_runs_already")}
    (listed,) = office.get(f"{office.path}/accommodations").json["groups"]
    assert (listed["members"], stored(sitter).accommodation_seconds) == ([own["enrolment_id"]], 1800)


def test_less_for_all_is_for_those_who_have_not_begun(
    sitter: Sitter, neighbour: Sitter, office: Office, stored: Stored, world: World, database: Database
) -> None:
    office.decide({"extra_minutes": 30})
    sitter.begin()
    assert office.decide({"extra_minutes": 5}).status_code == 200
    assert [stored(one).accommodation_seconds for one in (sitter, neighbour)] == [1800, 300]
    with database.reading() as db:
        last = audit.history(db, f"exam-session:{world.exam_session.id}")[-1]
    assert (last.action, last.detail["kept"]) == ("accommodation.decided", 1)
    assert office.withdraw(office.decisions()[0]).status_code == 200
    assert [stored(one).accommodation_seconds for one in (sitter, neighbour)] == [1800, 0]


@pytest.mark.usefixtures("common_clock")
def test_a_common_clock_runs_for_all_from_the_start(
    sitter: Sitter, office: Office, stored: Stored, moving_clock: MovableClock
) -> None:
    moving_clock.forward(seconds=-1)
    office.decide({"extra_minutes": 30})
    assert office.decide({"extra_minutes": 15}).status_code == 200
    moving_clock.forward(seconds=1)
    assert office.decide({"extra_minutes": 5}).json["code"] == "time_runs_already"
    assert stored(sitter).accommodation_seconds == 900


def test_what_is_over_keeps_nobody_from_deciding(sitter: Sitter, office: Office, own: dict[str, str]) -> None:
    office.decide({"extra_minutes": 30}, **own)
    sitter.begin().hand_in()
    assert office.withdraw(office.decisions()[0]).status_code == 200

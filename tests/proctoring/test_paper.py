"""Papers to go on with by hand, printed by a chief proctor from the wall."""

import io
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from pypdf import PdfReader
from sitters import Sitter
from walls import Wall
from world import NAMES, World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from proctoring import membership

REASON = "机房断电"


def printed(wall: Wall, *sitters: Sitter) -> Any:
    ids = [str(one.enrolment.sitting.id) for one in sitters]
    return wall.post(f"{wall.path}/on-paper/print", {"sitting_ids": ids, "reason": REASON})


@pytest.fixture
def other(app: Flask, database: Database, world: World, wall: Wall, moving_clock: MovableClock) -> Wall:
    """A proctor of the session beside its chief, proctor1."""
    with database.transaction() as db:
        one, two = (world.staff[name].id for name in ("proctor1", "proctor2"))
        membership.assign(
            db, world.exam_session.id, [one, two], chief_ids=[one], by=world.by("office"), now=moving_clock()
        )
    watching = Wall(app, world.exam_session.id)
    watching.log_in("proctor2")
    return watching


def test_a_chief_prints_the_papers_of_a_room_whose_machines_are_dead(wall: Wall, sitters: list[Sitter]) -> None:
    for each in sitters[:2]:
        each.begin()
    answer = printed(wall, *sitters[:2])
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.json
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())
    assert all(name in text for name in (NAMES[0], sitters[1].enrolment.ticket_number))
    assert [wall.tile(one)["on_paper_at"] is not None for one in sitters] == [True, True, False]
    assert wall.tile(sitters[0])["state"] == "PAUSED"


def test_what_a_chief_printed_is_on_record_under_their_name(
    wall: Wall, sitter: Sitter, database: Database, world: World
) -> None:
    assert printed(wall, sitter).status_code == 200
    with database.reading() as db:
        own = audit.history(db, sitter.enrolment.sitting.audit_stream)
        whole = audit.history(db, world.exam_session.audit_stream)
    prints = [(one.actor_name, one.detail["reason"]) for one in own if one.action == "sitting.paper_printed"]
    assert prints == [("proctor1先生", REASON)]
    assert (whole[-1].action, whole[-1].actor_name) == ("exam_session.papers_printed", "proctor1先生")


def test_only_a_chief_of_that_session_prints(
    app: Flask, other: Wall, stranger: Wall, sitter: Sitter, database: Database, world: World
) -> None:
    refused = printed(other, sitter)
    assert (refused.status_code, refused.json["code"]) == (403, "not_a_chief")
    with database.transaction() as db:
        one = world.staff["proctor1"].id
        membership.assign(db, world.exam_session.id, [one], by=world.by("office"), now=world.now)
    assert printed(stranger, sitter).status_code == 404
    path, sent = f"{other.path}/on-paper/print", {"sitting_ids": [str(sitter.enrolment.sitting.id)], "reason": "x"}
    assert Caller(app).log_in("examiner1").post(path, sent).status_code == 403
    assert sitter.post(path, sent).status_code == 403
    assert sitter.view()["state"] == "IN_PROGRESS"


def test_a_sitting_of_another_session_is_not_printed(wall: Wall, sitter: Sitter, world: World) -> None:
    foreign = {"sitting_ids": [str(sitter.enrolment.sitting.id), str(world.exam_session.id)], "reason": REASON}
    assert wall.post(f"{wall.path}/on-paper/print", foreign).status_code == 404
    assert sitter.view()["state"] == "IN_PROGRESS"


@pytest.mark.parametrize("sent", [{"sitting_ids": []}, {"reason": " "}, {"sitting_ids": ["1"]}, {"copies": 2}])
def test_an_order_of_a_wrong_form_is_refused(wall: Wall, sitter: Sitter, sent: dict[str, Any]) -> None:
    order = {"sitting_ids": [str(sitter.enrolment.sitting.id)], "reason": REASON} | sent
    assert wall.post(f"{wall.path}/on-paper/print", order).status_code == 422

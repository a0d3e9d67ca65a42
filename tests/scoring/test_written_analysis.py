"""Item analysis takes in what people marked, once they have marked all of it."""

from collections.abc import Callable
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from papers_in_writing import Desk, answers_to
from world import World

from questionbank.models import Paper

pytestmark = pytest.mark.slow

Open = Callable[[str], Desk]
Sit = Callable[..., None]


def analysis(app: Flask, world: World) -> Any:
    return Caller(app).log_in("office").get(f"/api/exam-sessions/{world.exam_session.id}/analysis").json


def test_a_written_question_is_analysed_by_its_share_once_it_is_marked_for_everybody(
    divided: Paper, world: World, sit: Sit, app: Flask, desk: Open
) -> None:
    for enrolment in world.enrolments[:2]:
        sit(enrolment, answers_to(divided))
    sit(world.enrolments[2], {})
    before = analysis(app, world)
    assert before["unmarked"] == ["W1-SHORT_ANSWER", "W1-COMPOSITE", "W2-SHORT_ANSWER", "W2-COMPOSITE"]
    assert [line["type"] for line in before["items"]] == ["TRUE_FALSE", "TRUE_FALSE"]
    for name, share in (("examiner1", 80), ("examiner2", 75)):
        desk(name).mark_all(share)
    after = analysis(app, world)
    assert after["unmarked"] == []
    shares = {line["code"]: line["difficulty"] for line in after["items"]}
    assert round(shares["W1-SHORT_ANSWER"], 6) == round(2 * 0.775 / 3, 6)  # two earned 15.5 of 20, one nothing

"""The light client before a service that refuses: what is a failure, and how it claims behind other claims."""

import asyncio
import random
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from small_services import serving

from examsvc.rehearsal import history
from examsvc.rehearsal.client import claiming
from examsvc.rehearsal.client.browser import Browser, Refused
from examsvc.rehearsal.client.device import Device
from examsvc.rehearsal.client.journal import Journal
from examsvc.rehearsal.client.weather import Weather
from examsvc.rehearsal.history import Notebook
from examsvc.rehearsal.measuring import Measures

CONFLICT = 409


async def write_to_a_service_that_says(code: str, notebook: Notebook) -> Measures:
    """Write two responses, send them again and again to somebody who refuses all, and return what was measured."""
    measures, weather = Measures(), Weather(random.Random(1), is_stormy=False)  # noqa: S311 (weather)
    async with serving(lambda _: ("409 Conflict", {"code": code})) as address:
        browser = Browser(address, measures, weather)
        journal = Journal(browser, "/api/sittings/1", notebook, Device(), 1)
        for ref in ("q1", "q2"):
            journal.write(ref, {"choice": "b"})
            await journal.send(weather)
        browser.close()
    return measures


@pytest.mark.parametrize(
    ("code", "failures"), [("seq_gap", {("save", "seq_gap"): 2}), ("sitting_closed", {}), ("sitting_over", {})]
)
def test_what_a_service_never_takes_stays_unacknowledged(code: str, failures: dict[tuple[str, str], int]) -> None:
    notebook = Notebook(uuid4())
    measures = asyncio.run(write_to_a_service_that_says(code, notebook))
    judged = history.judge([notebook], {}, {})
    assert (judged.written, judged.unacknowledged, judged.lost) == (2, 2, 0)
    assert measures.failures == Counter(failures)


def claimed(*answers: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
    """Claim of a service that answers so in turn; return the claim and after which epochs it was asked for."""
    told, asked = iter(answers), []

    async def ask(body: dict[str, int]) -> dict[str, Any]:
        asked.append(body["after_epoch"])
        answer = next(told)
        if "code" in answer:
            raise Refused(CONFLICT, answer)
        return answer

    return asyncio.run(claiming.claim(ask)), asked


def outdated(epoch: int) -> dict[str, Any]:
    return {"code": "claim_outdated", "epoch": epoch}


def test_a_claim_that_is_answered_is_made_once() -> None:
    assert claimed({"epoch": 1}) == ({"epoch": 1}, [0])


def test_an_outdated_claim_is_made_again_behind_the_one_that_came_before() -> None:
    assert claimed(outdated(3), {"epoch": 4}) == ({"epoch": 4}, [0, 3])
    assert claimed(outdated(1), outdated(2), {"epoch": 3}) == ({"epoch": 3}, [0, 1, 2])


def test_any_other_refusal_of_a_claim_is_passed_on() -> None:
    with pytest.raises(Refused, match="sitting_paused"):
        claimed(outdated(1), {"code": "sitting_paused"})

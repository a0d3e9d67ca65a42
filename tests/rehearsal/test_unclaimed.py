"""The light client before its claim: it answers at once, and sends what it has when the sitting is claimed."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from small_services import serving

from examsvc.rehearsal.client.browser import Browser, Refused
from examsvc.rehearsal.client.claiming import Turn
from examsvc.rehearsal.client.device import Device
from examsvc.rehearsal.client.hours import Hours
from examsvc.rehearsal.client.journal import Journal
from examsvc.rehearsal.client.weather import Weather
from examsvc.rehearsal.history import Notebook
from examsvc.rehearsal.measuring import Measures
from examsvc.rehearsal.plans import Plan, Profile

NINE = datetime(2026, 11, 30, 1, tzinfo=UTC)
WEATHER = Weather(random.Random(1), is_stormy=False)  # noqa: S311 (weather)


def test_what_is_answered_before_the_claim_goes_in_one_request_after_it_and_counts() -> None:
    notebook, measures, batches = Notebook(uuid4()), Measures(), list[tuple[int, list[int]]]()

    def take(body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        seqs = [entry["seq"] for entry in body["entries"]]
        batches.append((body["epoch"], seqs))
        return "200 OK", {"epoch": body["epoch"], "acknowledged_seq": seqs[-1], "chain_head": ""}

    async def answer() -> None:
        async with serving(take) as address:
            browser = Browser(address, measures, WEATHER)
            journal = Journal(browser, "/api/sittings/1", notebook, Device())
            for ref in ("q1", "q2"):
                journal.write(ref, {"choice": "b"})
                await journal.send(WEATHER)
            assert not batches
            assert set(notebook.sent) == {(0, 1), (0, 2)}
            journal.begin(3)
            journal.write("q3", {"choice": "a"})
            await asyncio.gather(journal.flush(), journal.send(WEATHER))
            browser.close()

    asyncio.run(answer())
    assert batches == [(3, [1, 2, 3])]
    assert notebook.acknowledged == {(3, 1), (3, 2), (3, 3)}
    assert measures.count("write to receipt") == 3


async def make(made: list[str], fault: Refused | None = None) -> None:
    made.append("claimed")
    if fault:
        raise fault


@pytest.mark.parametrize(("seconds", "is_now"), [(3_600.0, True), (0.0, False)])
def test_a_claim_is_made_in_its_turn_or_when_it_cannot_wait(seconds: float, is_now: bool) -> None:
    async def take() -> list[str]:
        turn, made = Turn(), list[str]()
        turn.take(lambda: make(made), within=seconds)
        await turn.taken(now=is_now)
        assert not turn.has_failed
        return made

    assert asyncio.run(take()) == ["claimed"]


def test_a_claim_that_is_refused_is_known_and_raised() -> None:
    async def take() -> None:
        turn = Turn()
        await turn.taken()
        task = turn.take(lambda: make([], Refused(409, {"code": "sitting_over"})), within=0.0)
        await asyncio.wait([task])
        assert turn.has_failed
        with pytest.raises(Refused, match="sitting_over"):
            await turn.taken()

    asyncio.run(take())


@pytest.mark.parametrize(
    ("profile", "closes_after", "least", "most"),
    [
        (Profile.STEADY, None, 300, 300),
        (Profile.STEADY, 500, 300, 300),
        (Profile.STEADY, 200, 200, 200),
        (Profile.EXAM_DAY, 310, 310, 310),
        (Profile.START_STORM, 310, 290, 309),
    ],
)
def test_somebody_works_until_done_or_until_time_is_up(
    profile: Profile, closes_after: int | None, least: float, most: float
) -> None:
    hours = Hours(Plan(profile=profile, candidates=1, minutes=5), random.Random(2))  # noqa: S311 (a rehearsal)
    assert hours.left(NINE, NINE) == 300  # it is not claimed yet
    hours.closes_at = NINE + timedelta(seconds=closes_after) if closes_after else None
    left = hours.left(NINE, NINE)
    assert least <= left <= most
    assert hours.left(NINE, NINE + timedelta(seconds=10)) == pytest.approx(left - 10)

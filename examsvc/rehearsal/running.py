"""Running a rehearsal: all candidates in one loop, watched by the clock, its own memory and the database."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from examsvc.core import clock
from examsvc.rehearsal import machine
from examsvc.rehearsal.client.candidate import Candidate, Hall
from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.history import Notebook
from examsvc.rehearsal.machine import Cost
from examsvc.rehearsal.measuring import Measures
from examsvc.rehearsal.plans import Plan
from examsvc.rehearsal.seeding import Seat
from examsvc.rehearsal.stored import Ended

SAMPLE_SECONDS: Final = 2.0
LOOK_SECONDS: Final = 0.5
FINAL_WITHIN_SECONDS: Final = 180.0
MOST_MEMORY_BYTES: Final = 3 * 1024**3


@dataclass(frozen=True)
class Sample:
    """What everything costs at a second of the rehearsal."""

    second: float
    service: Cost
    database: Cost
    client: Cost
    steps: dict[str, int]


@dataclass(frozen=True)
class Watched:
    """The processes whose cost is told, and how to ask the database how far the hand-ins are of all who sit.

    These may be more than the candidates of one run.
    """

    service: Callable[[], set[int]]
    database: Callable[[], set[int]]
    ended: Callable[[], Ended]
    due_at: datetime | None
    everybody: int


@dataclass
class Ran:
    """What came of it. `final_within` and `scored_within` are seconds after time's end, None when it did not happen."""

    measures: Measures
    notebooks: Sequence[Notebook]
    began_at: datetime
    seconds: float = 0.0
    steps: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    final_within: float | None = None
    scored_within: float | None = None
    broken_off: str | None = None


async def run(plan: Plan, seats: Sequence[Seat], address: Address, watched: Watched, jpeg: bytes = b"") -> Ran:
    """Let everybody sit and return what came of it; never takes longer than the plan's hard limit."""
    return await Run(plan, seats, address, watched, jpeg).to_the_end()


class Run:
    """A rehearsal under way; `ran` may be looked at meanwhile."""

    def __init__(self, plan: Plan, seats: Sequence[Seat], address: Address, watched: Watched, jpeg: bytes) -> None:
        measures, steps = Measures(), Counter[str]()
        hall = Hall(address, plan, measures, jpeg, lambda step: steps.update((step,)))
        self._plan, self._watched = plan, watched
        self.candidates = [Candidate(seat, hall) for seat in seats]
        notebooks = [candidate.notebook for candidate in self.candidates]
        self.ran = Ran(measures, notebooks, clock.now(), steps=steps)

    async def to_the_end(self) -> Ran:
        """Let everybody sit, wait for the hand-ins to be final, and return what came of it."""
        began, ran = asyncio.get_running_loop().time(), self.ran
        sitting = [asyncio.ensure_future(candidate.sit()) for candidate in self.candidates]
        whole = asyncio.ensure_future(asyncio.wait([*sitting, asyncio.ensure_future(self._wait_until_final())]))
        watch = asyncio.ensure_future(self._watch_cost())
        await asyncio.wait({whole, watch}, timeout=self._plan.hard_limit, return_when=asyncio.FIRST_COMPLETED)
        if not whole.done():
            ran.broken_off = "memory" if watch.done() else "time"
        for task in (whole, watch, *sitting):
            task.cancel()
        ended = await asyncio.gather(watch, *sitting, return_exceptions=True)
        ran.faults.update(repr(fault) for fault in ended if isinstance(fault, Exception))
        ran.faults.update(candidate.fault for candidate in self.candidates if candidate.fault)
        ran.seconds = asyncio.get_running_loop().time() - began
        return ran

    async def _watch_cost(self) -> None:
        """Take a sample every few seconds; return when this process needs too much memory."""
        own, loop = {os.getpid()}, asyncio.get_running_loop()
        began = loop.time()
        while True:
            service = await asyncio.to_thread(lambda: machine.cost_of(self._watched.service()))
            database = await asyncio.to_thread(lambda: machine.cost_of(self._watched.database()))
            client = machine.cost_of(own)
            self.ran.samples.append(Sample(loop.time() - began, service, database, client, dict(self.ran.steps)))
            if client.memory_bytes > MOST_MEMORY_BYTES:
                return
            await asyncio.sleep(SAMPLE_SECONDS)

    async def _wait_until_final(self) -> None:
        """From time's end on ask the database how many are final and scored, until all are who opened the paper."""
        due_at = self._watched.due_at
        if due_at is None:
            return
        await asyncio.sleep(max(0.0, (due_at - clock.now()).total_seconds()))
        while (since := (clock.now() - due_at).total_seconds()) < FINAL_WITHIN_SECONDS:
            ended = await asyncio.to_thread(self._watched.ended)
            if ended.final >= self._watched.everybody and self.ran.final_within is None:
                self.ran.final_within = since
            if ended.scored >= self._watched.everybody:
                self.ran.scored_within = since
                return
            await asyncio.sleep(LOOK_SECONDS)

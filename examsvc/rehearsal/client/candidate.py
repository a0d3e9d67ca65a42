"""One synthetic candidate, doing what a candidate's page does, in its order and with its patience."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from examsvc.core import clock
from examsvc.rehearsal.client import answering, claiming, pulse
from examsvc.rehearsal.client.browser import Browser, Refused, Unreachable
from examsvc.rehearsal.client.device import Device
from examsvc.rehearsal.client.hours import Hours
from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.client.journal import Journal
from examsvc.rehearsal.client.line import Line
from examsvc.rehearsal.client.papers import Papers, Question
from examsvc.rehearsal.client.patience import TOO_SOON, persist
from examsvc.rehearsal.client.preload import Preload
from examsvc.rehearsal.client.weather import Weather
from examsvc.rehearsal.history import Notebook
from examsvc.rehearsal.measuring import Measures
from examsvc.rehearsal.plans import Plan, Profile
from examsvc.rehearsal.seeding import Seat

CHECK: Final = {"camera": "OK", "storage": True, "clock_offset_ms": 0, "round_trip_ms": 5, "screen": "1366x768"}


@dataclass(frozen=True)
class Hall:
    """What all candidates share. `tell` is called with the name of each step that somebody has reached."""

    address: Address
    plan: Plan
    measures: Measures
    jpeg: bytes
    tell: Callable[[str], None]
    papers: Papers = field(default_factory=Papers)


class Candidate:
    """`sit` goes from the log-in to the hand-in; what went wrong for good stands in `fault` afterwards.

    The candidate waits by `clock.now()`, which is the service's time here; `device` shows what a person may set.
    """

    def __init__(self, seat: Seat, hall: Hall) -> None:
        self._seat, self._hall, self._plan = seat, hall, hall.plan
        self._rng = random.Random(f"{self._plan.seed}:{seat.person.number}")  # noqa: S311 (a rehearsal, no secret)
        self._weather = Weather(self._rng, is_stormy=self._plan.profile == Profile.BAD_NETWORK)
        self._browser = Browser(hall.address, hall.measures, self._weather)
        self._path = f"/api/sittings/{seat.sitting_id}"
        self._line: Line | None = None
        self._starts_at = clock.now()
        self.device = Device()
        self._hours = Hours(hall.plan, self._rng)
        self._preload = Preload(self._browser, self._path, self._rng)
        self._turn = claiming.Turn()
        self._beside: list[asyncio.Task[None]] = []
        self.notebook = Notebook(seat.sitting_id)
        self.fault: str | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the line to the proctors stands."""
        return self._line is not None and self._line.is_connected

    async def sit(self) -> None:
        """Sit the exam."""
        try:
            await asyncio.sleep(self._plan.arrival(self._seat.person.number))
            line = await self._arrive()
            if self._starts_at > clock.now():
                await self._preload.fetch()
                await _until(self._starts_at)
            journal, questions = await self._enter(line)
            await self._work(journal, questions, line)
            await self._finish(journal)
        except (Refused, Unreachable, TimeoutError) as fault:
            self.fault = f"{type(fault).__name__} {fault}".strip()
        finally:
            self._leave()

    async def _arrive(self) -> Line:
        ticket = {"ticket_number": self._seat.ticket, "proof": self._seat.person.digits}
        me = await self._ask("log in", "POST", "/api/candidate/login", ticket)
        self._browser.csrf_token = me["csrf_token"]
        await self._ask("list", "GET", "/api/candidate/sittings")
        view = await self._ask("view", "GET", self._path)
        self._starts_at = datetime.fromisoformat(view["starts_at"])
        await self._ask("step", "POST", f"{self._path}/identity-confirmation", {})
        await self._ask("step", "POST", f"{self._path}/undertaking", {"name": self._seat.person.name})
        await self._ask("step", "PUT", f"{self._path}/system-check", CHECK)
        auth = {"sitting_id": str(self._seat.sitting_id), "csrf_token": self._browser.csrf_token}
        line = self._line = Line(self._hall.address, self._browser.cookie, auth, self._hall.measures, self._hear)
        await line.open()
        self._start(pulse.poll(self._browser, line, self._path, self._rng))
        self._hall.tell("arrived")
        return line

    async def _enter(self, line: Line) -> tuple[Journal, list[Question]]:
        """See the first question: by a key if the paper is here already, to be claimed when its turn comes."""
        journal = Journal(self._browser, self._path, self.notebook, self.device)
        questions = self._read(await self._preload.opened())
        if questions:
            within, claim = self._preload.claim_delay(), partial(self._claim, journal, line, can_wait=True)
            self._beside.append(self._turn.take(claim, within=within))
            return journal, questions
        await self._claim(journal, line)
        return journal, self._read(await self._ask("paper", "GET", f"{self._path}/paper"))

    async def _claim(self, journal: Journal, line: Line, *, can_wait: bool = False) -> None:
        """Claim, and send at once what was answered before."""
        ask = partial(self._ask, "claim", "POST", f"{self._path}/claim", can_wait=can_wait)
        claimed = await claiming.claim(ask)
        journal.begin(claimed["epoch"])
        self._hours.closes_at = datetime.fromisoformat(claimed["closes_at"]) if claimed["closes_at"] else None
        self._hall.tell("working")
        if self._plan.snapshots_every:
            self._start(pulse.send_frames(line, self.device, self._hall.jpeg, self._plan.snapshots_every, self._rng))
        if self._plan.events_every:
            self._start(pulse.tell_events(line, self.device, self._plan.events_every, self._rng))
        await persist(journal.flush, self._rng)

    def _read(self, paper: dict[str, Any] | None) -> list[Question]:
        """See the first question, and return what is kept of the paper: nothing of none."""
        if paper is None:
            return []
        if self._plan.profile.begins_together:
            self._hall.measures.record("first question", (clock.now() - self._starts_at).total_seconds())
        return self._hall.papers.questions_of(paper)

    async def _work(self, journal: Journal, questions: list[Question], line: Line) -> None:
        if self._plan.never_thinks:
            await self._turn.taken()
        began_at, number = clock.now(), 0
        while (left := self._hours.left(began_at, clock.now())) > 0 and not (
            journal.is_closed or self._turn.has_failed
        ):
            await asyncio.sleep(min(self._plan.thinks(self._rng), left))
            if self._hours.left(began_at, clock.now()) <= 0:
                return
            for _ in range(self._plan.batch):
                question = questions[number % len(questions)]
                journal.write(question["ref"], answering.answer_to(question, self._rng))
                number += 1
            if self._weather.cuts_line():
                line.cut()
            await persist(lambda: journal.send(self._weather), self._rng)

    async def _finish(self, journal: Journal) -> None:
        await self._turn.taken(now=True)
        if not self._plan.hands_in_by_hand(self._seat.person.number):
            self._hall.tell("left to time")
            return
        view = await persist(journal.hand_in, self._rng)
        self.notebook.handed_in_at = view["finished_at"]
        self._hall.tell("handed in")

    async def _ask(self, operation: str, method: str, path: str, value: Any = None, *, can_wait: bool = False) -> Any:
        ask = partial(
            self._browser.call, operation, method, path, value, expected=TOO_SOON | claiming.OUTDATED, can_wait=can_wait
        )
        return await persist(ask, self._rng)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._beside.append(asyncio.ensure_future(work))

    def _hear(self, name: str, value: Any) -> None:
        """Take the key at the start, and tell of a proctor's command, which nobody has to follow here."""
        if name == "start":
            self._preload.take_keys(value)
        elif name == "command":
            self._hall.tell("heard a command")

    def _leave(self) -> None:
        for task in self._beside:
            task.cancel()
        if self._line:
            self._line.close()
        self._browser.close()


async def _until(instant: datetime) -> None:
    await asyncio.sleep(max(0.0, (instant - clock.now()).total_seconds()))

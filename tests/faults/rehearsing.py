"""A rehearsal with a fault in its middle: who sits over which network, when it strikes, when the service is back."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from standing import Standing
from striking import BACK_WITHIN_SECONDS, Fault, Scene

from examsvc.core import clock
from examsvc.core.identity import system
from examsvc.delivery.states import CameraRule, ClockRule
from examsvc.rehearsal import portrait, seeding, stored
from examsvc.rehearsal.history import Notebook
from examsvc.rehearsal.plans import Plan, Profile
from examsvc.rehearsal.running import Ran, Run, Watched
from examsvc.rehearsal.seeding import Rehearsal, RehearsalPlan, Seat

CANDIDATES: Final = int(os.environ.get("FAULTS_CANDIDATES", "300"))
RAMP_SECONDS: Final = 10.0
STRIKES_AFTER_SECONDS: Final = 25.0
BY: Final = system("rehearsal")


@dataclass
class Held:
    """A rehearsal that was held. `back_at` is when everything answered again, and `receipts_then` how many receipts
    had come by then.
    """

    exam_session_id: UUID
    began_at: datetime
    runs: Sequence[Run]
    struck_at: datetime = field(default_factory=clock.now)
    healed_at: datetime = field(default_factory=clock.now)
    back_at: datetime = field(default_factory=clock.now)
    receipts_then: int = 0

    @property
    def rans(self) -> list[Ran]:
        return [run.ran for run in self.runs]

    @property
    def notebooks(self) -> list[Notebook]:
        return [notebook for ran in self.rans for notebook in ran.notebooks]

    @property
    def receipts(self) -> int:
        return sum(len(notebook.receipts) for notebook in self.notebooks)

    @property
    def troubles(self) -> list[str]:
        """What kept a candidate from getting to the end."""
        broken_off = [ran.broken_off for ran in self.rans if ran.broken_off]
        return [*broken_off, *(fault for ran in self.rans for fault in ran.faults)]


def plan(*, minutes: int = 1, profile: Profile = Profile.STEADY, by_hand: float = 0.2) -> Plan:
    """Return a short exam with many answers."""
    return Plan(
        profile=profile,
        candidates=CANDIDATES,
        minutes=minutes,
        think=(2.0, 6.0),
        ramp=RAMP_SECONDS,
        snapshots_every=20.0,
        events_every=30.0,
        by_hand=by_hand,
    )


def hold(standing: Standing, fault: Fault, plan: Plan) -> Held:
    """Hold the rehearsal with the fault in its middle; raises TimeoutError when the service is not back in time."""
    now = clock.now()
    with standing.database.transaction() as db:
        rehearsal = seeding.seed(db, _session(plan, now), by=BY, now=now)
    return asyncio.run(_hold(standing, fault, plan, rehearsal, now))


async def _hold(standing: Standing, fault: Fault, plan: Plan, rehearsal: Rehearsal, began_at: datetime) -> Held:
    seats, address = rehearsal.seats, standing.address
    watched = _watched(standing, plan, rehearsal, began_at)
    apart, jpeg = await fault.way(address), portrait.jpeg()
    halls = [(_every(seats, fault.apart), apart), (_others(seats, fault.apart), address)]
    runs = [Run(plan, own, way, watched, jpeg) for own, way in halls if own]
    held = Held(rehearsal.exam_session_id, began_at, runs)
    sitting = [asyncio.ensure_future(run.to_the_end()) for run in runs]
    try:
        await asyncio.sleep(STRIKES_AFTER_SECONDS)
        await _strike(Scene(standing, runs), fault, held)
        await asyncio.gather(*sitting)
    finally:
        for each in sitting:
            each.cancel()
        await fault.close()
    return held


async def _strike(scene: Scene, fault: Fault, held: Held) -> None:
    held.struck_at = clock.now()
    try:
        await fault.strike(scene)
        await asyncio.sleep(fault.lasts)
    finally:
        await fault.heal(scene)
    held.healed_at = clock.now()
    await asyncio.to_thread(scene.standing.wait_until_ready, BACK_WITHIN_SECONDS)
    held.back_at, held.receipts_then = clock.now(), held.receipts
    await fault.after(scene)


def _every(seats: Sequence[Seat], step: int) -> list[Seat]:
    return [seat for seat in seats if seat.person.number % step == 0]


def _others(seats: Sequence[Seat], step: int) -> list[Seat]:
    return [seat for seat in seats if seat.person.number % step]


def _session(plan: Plan, starts_at: datetime) -> RehearsalPlan:
    is_common = plan.profile.has_common_clock
    return RehearsalPlan(
        candidates=plan.candidates,
        starts_at=starts_at,
        ends_at=starts_at + plan.lasts,
        minutes=int(plan.minutes) if is_common else int(plan.lasts.total_seconds() // 60) + 1,
        clock_rule=ClockRule.COMMON if is_common else ClockRule.PERSONAL,
        camera_rule=CameraRule.OPTIONAL,
    )


def _watched(standing: Standing, plan: Plan, rehearsal: Rehearsal, starts_at: datetime) -> Watched:
    """Ask the database alone; where all end by the clock, from that moment on."""
    is_storm = plan.profile == Profile.HAND_IN_STORM
    grace = timedelta(seconds=RehearsalPlan.grace_seconds)

    def ended() -> stored.Ended:
        with standing.database.reading() as db:
            return stored.ended(db, rehearsal.exam_session_id)

    due_at = starts_at + plan.lasts + grace if is_storm else None
    return Watched(set, set, ended, due_at, plan.candidates)

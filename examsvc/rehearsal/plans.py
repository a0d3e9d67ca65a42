"""What a rehearsal is asked to do: profiles, think times, and how a candidate's time is spent. Pure."""

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEAD_SECONDS = 5.0
SEATED_SECONDS = 30.0  # of an exam day the last have come so long before the start, as at any door
HAND_IN_SPREAD_SECONDS = 20.0


class Profile(StrEnum):
    """EXAM_DAY: all come before the start, begin in one instant, and end in one. STEADY: people come, work, leave.
    START_STORM: all wait and begin in one instant. HAND_IN_STORM: all end in one, having come when they liked.
    BAD_NETWORK: as steady, over a network that loses, delays, repeats and reorders. ZERO_THINK: as fast as it goes.
    """

    EXAM_DAY = "exam-day"
    STEADY = "steady"
    START_STORM = "start-storm"
    HAND_IN_STORM = "hand-in-storm"
    BAD_NETWORK = "bad-network"
    ZERO_THINK = "zero-think"

    @property
    def has_common_clock(self) -> bool:
        """Whether the paper's time is the same for all."""
        return self.begins_together or self.ends_together

    @property
    def begins_together(self) -> bool:
        """Whether all have come before the start and see the first question in the same instant."""
        return self in (Profile.EXAM_DAY, Profile.START_STORM)

    @property
    def ends_together(self) -> bool:
        """Whether all work until their time is over, and are handed in by it."""
        return self in (Profile.EXAM_DAY, Profile.HAND_IN_STORM)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Times in seconds unless the name says minutes; `by_hand` is the share that hands in by hand at time's end.

    `ramp` is over how long people come. That is before the start where all begin together, and after it
    otherwise. `batch` is how many answers a request carries. With a common clock `minutes` are whole.
    """

    profile: Profile
    candidates: int
    minutes: float
    think: tuple[float, float] = (30.0, 90.0)
    ramp: float = 180.0
    batch: int = 1
    snapshots_every: float | None = None
    events_every: float | None = 300.0
    by_hand: float = 0.2
    seed: int = 1

    @property
    def starts_after(self) -> timedelta:
        """How long from now the exam begins."""
        lead = SEATED_SECONDS if self.profile == Profile.EXAM_DAY else LEAD_SECONDS
        waits = self.ramp + lead if self.profile.begins_together else 0.0
        return timedelta(seconds=waits)

    @property
    def lasts(self) -> timedelta:
        """How long the exam session is open: with a common clock the paper's minutes, else everybody's."""
        ramp = 0.0 if self.profile.has_common_clock else self.ramp + 600
        return timedelta(minutes=self.minutes, seconds=ramp)

    @property
    def hard_limit(self) -> float:
        """After so many seconds the rehearsal is broken off, whatever is under way."""
        return self.starts_after.total_seconds() + self.ramp + self.minutes * 60 + 240

    def arrival(self, number: int) -> float:
        """Return after how many seconds the candidate comes; evenly, as if doors let one in after the other."""
        return self.ramp * (number - 1) / self.candidates

    @property
    def never_thinks(self) -> bool:
        """Whether answers come without a pause."""
        return self.think[1] == 0

    def thinks(self, rng: random.Random) -> float:
        """Return how long somebody thinks about the next answer."""
        return rng.uniform(*self.think)

    def hands_in_by_hand(self, number: int) -> bool:
        """Return whether the candidate presses the button; the others wait for time's end. The same ones each time."""
        if not self.profile.ends_together:
            return True
        return (number * 61 % 100) < self.by_hand * 100

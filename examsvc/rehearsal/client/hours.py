"""How long a candidate works: until done, or until time is up where all end together. Pure but for one draw."""

import random
from datetime import datetime, timedelta

from examsvc.rehearsal.plans import HAND_IN_SPREAD_SECONDS, Plan, Profile


class Hours:
    """One candidate's time; `closes_at` is not known before the sitting is claimed, and then not where no time ends."""

    def __init__(self, plan: Plan, rng: random.Random) -> None:
        self._plan = plan
        self._early = timedelta(seconds=rng.uniform(1, HAND_IN_SPREAD_SECONDS))
        self._lasts = timedelta(minutes=plan.minutes)
        self.closes_at: datetime | None = None

    def left(self, began_at: datetime, now: datetime) -> float:
        """Return for how many seconds somebody who began then goes on; where all end together to time's very end."""
        return (self._until(began_at) - now).total_seconds()

    def _until(self, began_at: datetime) -> datetime:
        done = began_at + self._lasts
        if self.closes_at is None:
            return done
        if self._plan.profile.ends_together:
            return self.closes_at
        if self._plan.profile == Profile.START_STORM:
            return self.closes_at - self._early
        return min(done, self.closes_at)

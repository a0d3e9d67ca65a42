"""Clocks of candidates' machines that somebody sets."""

from datetime import timedelta
from itertools import cycle

from striking import Fault, Scene


class ClocksSet(Fault):
    """Somebody sets the clocks of all machines: every other one five minutes ahead, the others five minutes back."""

    step = timedelta(minutes=5)

    async def strike(self, scene: Scene) -> None:
        candidates = [candidate for run in scene.runs for candidate in run.candidates]
        for ahead, candidate in zip(cycle((self.step, -self.step)), candidates):
            candidate.device.ahead = ahead

"""What a candidate is given, from what was decided for the session, the candidate's groups and the candidate. Pure.

Field by field: what was decided for the candidate stands; else the most generous of the groups; else the session's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from examsvc.delivery.states import TextSize

SIZES = list(TextSize)


@dataclass(frozen=True)
class Grant:
    """What one decision says; None where it is silent. `time_percent` of 125 is a quarter more time."""

    extra_minutes: int | None = None
    time_percent: int | None = None
    break_minutes: int | None = None
    text_size: TextSize | None = None
    high_contrast: bool | None = None
    separate_room: bool | None = None
    screen_reader: bool | None = None

    def extra_seconds(self, minutes: int) -> int | None:
        """Return the time more in seconds for a paper of so many minutes; a broken second is given whole."""
        if self.extra_minutes is not None:
            return self.extra_minutes * 60
        if self.time_percent is None:
            return None
        return -(-(self.time_percent - 100) * minutes * 60 // 100)

    @property
    def says_nothing(self) -> bool:
        """Whether nothing at all was decided."""
        return self == NOTHING_SAID


NOTHING_SAID = Grant()


@dataclass(frozen=True)
class Given:
    """What a candidate has in the end."""

    accommodation_seconds: int = 0
    break_allowance_seconds: int = 0
    text_size: TextSize | None = None
    high_contrast: bool = False
    separate_room: bool = False
    screen_reader: bool = False


def resolve(session: Grant, groups: Sequence[Grant], candidate: Grant, *, minutes: int) -> Given:
    """Return what the candidate is given in a paper of so many minutes."""

    def first(of: Callable[[Grant], Any]) -> Any:
        said = [value for value in map(of, groups) if value is not None]
        ranked = (of(candidate), max(said, key=_generosity, default=None), of(session))
        return next((value for value in ranked if value is not None), None)

    return Given(
        accommodation_seconds=first(lambda grant: grant.extra_seconds(minutes)) or 0,
        break_allowance_seconds=(first(lambda grant: grant.break_minutes) or 0) * 60,
        text_size=first(lambda grant: grant.text_size),
        high_contrast=bool(first(lambda grant: grant.high_contrast)),
        separate_room=bool(first(lambda grant: grant.separate_room)),
        screen_reader=bool(first(lambda grant: grant.screen_reader)),
    )


def not_less(given: Given, before: Given) -> Given:
    """Return what is given, with no less time and no shorter breaks than before."""
    return replace(
        given,
        accommodation_seconds=max(given.accommodation_seconds, before.accommodation_seconds),
        break_allowance_seconds=max(given.break_allowance_seconds, before.break_allowance_seconds),
    )


def _generosity(value: int | bool | TextSize) -> int:
    return SIZES.index(value) if isinstance(value, TextSize) else int(value)

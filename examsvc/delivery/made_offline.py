"""Whether it is believed when a hand-in was made that came later, because there was no network: one pure rule.

It is never a proof, for whoever has the machine can set its clock and write its journal: a policy of the exam session
(`accept_offline`) says whether the rule is asked at all. What the service knows by itself must agree with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from examsvc.delivery.ledger.crediting import Span, within

CLOCK_SLACK: Final = timedelta(seconds=2)
"""So much a page's clock may differ: it is set anew with each answer of the server."""
BACK_WITHIN: Final = timedelta(minutes=5)
"""A page that is back sends its answers, then its hand-in; longer than this no network keeps one from following."""

SENDS_WITHIN: Final = timedelta(minutes=1)
"""A page that is online tries again every 15 seconds at the latest: by then it has sent what it holds."""


@dataclass(frozen=True)
class Written:
    """A stored answer: when it was made, by the page's clock, and when it arrived."""

    made_at: datetime
    arrived_at: datetime


@dataclass(frozen=True)
class Heard:
    """What the service knows of a sitting by itself: since when it could be read, its answers, its last claim.

    `reaching` is when its page could have delivered a hand-in, without overlaps (`reaching.spans`).
    """

    entered_at: datetime
    written: Sequence[Written]
    claimed_at: datetime | None = None
    reaching: Sequence[Span] = ()

    @property
    def contacts(self) -> list[datetime]:
        claims = [self.claimed_at] if self.claimed_at else []
        return [*claims, *(each.arrived_at for each in self.written)]


def is_believed(made_at: datetime, heard: Heard, *, now: datetime) -> bool:
    """Return whether a hand-in that arrives `now`, with all its answers stored, was made when its page says.

    It was made after the paper could be read and before it arrived, nothing was written after it, and after it nothing
    was heard of the page until the network was back: nor was it online for so long that it would have been sent.
    """
    if not heard.entered_at <= made_at <= now:
        return False
    if any(each.made_at > made_at + CLOCK_SLACK for each in heard.written):
        return False
    if any(made_at + CLOCK_SLACK < at < now - BACK_WITHIN for at in heard.contacts):
        return False
    missed = within(heard.reaching, [Span(made_at, now - BACK_WITHIN)])
    return not any(span.to_at - span.from_at >= SENDS_WITHIN for span in missed)

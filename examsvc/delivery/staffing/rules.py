"""Who may serve where, and how many are needed. Pure.

Ratio: not lower than 1:15 and at least two in a room (保育师国家职业技能标准 (2021) 1.9.3). Inner supervisor: one for
each session (逢考必督), who neither examines nor proctors in it. Relations: no close relative of a candidate proctors
or marks; supervisors watch no relatives, pupils or colleagues (domain.md 2.5, 2.10). That who trained a candidate does
not proctor or examine either is this system's choice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from examsvc.core.errors import Refusal
from examsvc.delivery.errors import (
    NoInnerSupervisor,
    StaffIsCandidate,
    StaffRelated,
    StaffServesElsewhere,
    SupervisorNotIndependent,
    TooFewProctors,
)
from examsvc.delivery.staffing.duties import Duty, Relationship

CANDIDATES_A_PROCTOR = 15
LEAST_PROCTORS = 2
LEAST_SUPERVISORS = 1
LEAST_EXAMINERS = 3
"""An odd number of them, at least so many, is advised (1.9.3 again); nothing is refused for it."""
BARRED = {
    Duty.PROCTOR: {Relationship.SELF, Relationship.RELATIVE, Relationship.TRAINER},
    Duty.EXAMINER: {Relationship.SELF, Relationship.RELATIVE, Relationship.TRAINER},
    Duty.INNER_SUPERVISOR: set(Relationship),
}
"""What keeps somebody from a duty; colleagues only from supervising."""


@dataclass(frozen=True)
class RoomNeed:
    """A room by its number, and how many candidates sit in it."""

    number: int
    name: str
    candidates: int


@dataclass(frozen=True)
class Post:
    """Somebody's duty; `room` is the number of the room, None for who serves in none, like a proctor from afar."""

    account_id: UUID
    name: str
    duty: Duty
    room: int | None = None

    @property
    def is_on_the_spot(self) -> bool:
        """Return whether the duty takes all of the person's time: in a room, or following the session."""
        return self.room is not None or self.duty == Duty.INNER_SUPERVISOR


@dataclass(frozen=True)
class Tie:
    """What a member of staff is to a candidate of the exam session."""

    account_id: UUID
    candidate: str
    kind: Relationship


@dataclass(frozen=True)
class Engagement:
    """A published exam session at the same time in which somebody proctors in a room or supervises."""

    account_id: UUID
    exam_session: str


@dataclass(frozen=True)
class Staffing:
    """Everything that the rule looks at; posts and rooms in the order in which they are to be told."""

    rooms: Sequence[RoomNeed] = ()
    posts: Sequence[Post] = ()
    ties: Sequence[Tie] = ()
    engagements: Sequence[Engagement] = ()


def needed_proctors(candidates: int) -> int:
    """Return how many proctors a room needs: two, and one for every fifteen begun; none for an empty room."""
    return max(LEAST_PROCTORS, -(-candidates // CANDIDATES_A_PROCTOR)) if candidates else 0


def shortages(staffing: Staffing) -> Iterator[Refusal]:
    """Yield what is missing: TooFewProctors for each room, NoInnerSupervisor."""
    for room in staffing.rooms:
        present = proctors_in(staffing, room)
        needed = needed_proctors(room.candidates)
        if present < needed:
            yield TooFewProctors(room=room.name, needed=needed, present=present)
    if sum(post.duty == Duty.INNER_SUPERVISOR for post in staffing.posts) < LEAST_SUPERVISORS:
        yield NoInnerSupervisor()


def proctors_in(staffing: Staffing, room: RoomNeed) -> int:
    """Return how many proctor in the room."""
    return sum(post.duty == Duty.PROCTOR and post.room == room.number for post in staffing.posts)


def conflicts(staffing: Staffing) -> Iterator[Refusal]:
    """Yield what may not be, whatever else is missing.

    SupervisorNotIndependent, StaffIsCandidate, StaffRelated, StaffServesElsewhere.
    """
    yield from _dependent_supervisors(staffing.posts)
    for post in staffing.posts:
        yield from _barred(post, staffing.ties)
        if post.is_on_the_spot:
            yield from (
                StaffServesElsewhere(name=post.name, exam_session=one.exam_session)
                for one in staffing.engagements
                if one.account_id == post.account_id
            )


def barred(posts: Iterable[Post], ties: Sequence[Tie]) -> Iterator[Refusal]:
    """Yield StaffIsCandidate or StaffRelated for each tie that keeps somebody from a post."""
    for post in posts:
        yield from _barred(post, ties)


def _dependent_supervisors(posts: Iterable[Post]) -> Iterator[Refusal]:
    working = {post.account_id for post in posts if post.duty != Duty.INNER_SUPERVISOR}
    for post in posts:
        if post.duty == Duty.INNER_SUPERVISOR and post.account_id in working:
            yield SupervisorNotIndependent(name=post.name)


def _barred(post: Post, ties: Iterable[Tie]) -> Iterator[Refusal]:
    for tie in ties:
        if tie.account_id != post.account_id or tie.kind not in BARRED[post.duty]:
            continue
        if tie.kind == Relationship.SELF:
            yield StaffIsCandidate(name=post.name)
        else:
            yield StaffRelated(name=post.name, candidate=tie.candidate, relation=tie.kind)

"""Who waits shares the next round, in the order of arrival; nobody is left waiting, whatever happens to whom."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from uuid import UUID

import pytest

from examsvc.core.errors import NotFound
from examsvc.core.rounds import MOST_TOGETHER, Alone, Rounds, Waiting
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.saving.rounds import Outcome, Saved

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def _batch(number: int) -> Batch:
    return Batch(UUID(int=number), 1, (), "", AT)


def _saved(batch: Batch) -> Saved:
    return Saved(None, 1, batch.sitting_id.int, "", 0, None, is_new=True)


class Disk:
    """Commits when it is let; remembers the rounds, and whether two were ever under way at once."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.begun, self.may_commit = Event(), Event()
        self.overlapped = False
        self._busy = Lock()

    def run(self, batches: Sequence[Batch]) -> list[Outcome]:
        self.overlapped |= not self._busy.acquire(blocking=False)
        self.rounds.append([batch.sitting_id.int for batch in batches])
        self.begun.set()
        assert self.may_commit.wait(10)
        self._busy.release()
        return [NotFound(thing="sitting") if batch.sitting_id.int == 13 else _saved(batch) for batch in batches]


def _until_waiting(rounds: Rounds[Batch, Saved], count: int) -> None:
    while len(rounds._waiting) < count:
        Event().wait(0.001)


def test_what_comes_during_a_commit_shares_the_next_and_each_gets_its_own_outcome() -> None:
    disk = Disk()
    rounds = Rounds(disk.run)
    with ThreadPoolExecutor(40) as pool:
        first = pool.submit(rounds.join, _batch(1))
        assert disk.begun.wait(10)
        others = {number: pool.submit(rounds.join, _batch(number)) for number in range(2, 40)}
        _until_waiting(rounds, len(others))
        assert not first.done()
        disk.may_commit.set()
        assert first.result(10).last_seq == 1
        with pytest.raises(NotFound):
            others.pop(13).result(10)
        assert {number: saved.result(10).last_seq for number, saved in others.items()} == {n: n for n in others}
    assert [len(together) for together in disk.rounds] == [1, 38]
    assert not disk.overlapped


def test_a_round_is_bounded_and_the_rest_goes_into_the_next() -> None:
    disk = Disk()
    rounds = Rounds(disk.run)
    with ThreadPoolExecutor(MOST_TOGETHER + 10) as pool:
        every = [pool.submit(rounds.join, _batch(100))]
        assert disk.begun.wait(10)
        every += [pool.submit(rounds.join, _batch(101 + number)) for number in range(MOST_TOGETHER + 5)]
        _until_waiting(rounds, MOST_TOGETHER + 5)
        disk.may_commit.set()
        assert len({saved.result(10).last_seq for saved in every}) == len(every)
    assert [len(together) for together in disk.rounds] == [1, MOST_TOGETHER, 5]


def test_thousands_at_once_are_each_answered_once() -> None:
    disk = Disk()
    disk.may_commit.set()
    rounds = Rounds(disk.run)
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda number: rounds.join(_batch(number)).last_seq, range(100, 3_100)))
    assert told == list(range(100, 3_100))
    assert sum(len(together) for together in disk.rounds) == 3_000
    assert not disk.overlapped


def test_when_a_leader_is_stopped_its_followers_are_told_and_the_next_leads() -> None:
    begun, go_on = Event(), Event()

    def run(batches: Sequence[Batch]) -> list[Outcome]:
        if batches[0].sitting_id.int == 1:
            begun.set()
            assert go_on.wait(10)
            raise SystemExit
        return [_saved(batch) for batch in batches]

    rounds = Rounds(run)
    _stop_the_leader(rounds, SystemExit, begun=begun, go_on=go_on, waiting=1)
    assert rounds.join(_batch(3)).last_seq == 3


def _stop_the_leader(
    rounds: Rounds[Batch, Saved], fault: type[BaseException], *, begun: Event, go_on: Event, waiting: int
) -> None:
    """Have the first leader stopped by its fault while so many wait; the second must be served."""

    def lead() -> None:
        with pytest.raises(fault):
            rounds.join(_batch(1))

    leader = Thread(target=lead)
    leader.start()
    assert begun.wait(10)
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(rounds.join, _batch(2))
        _until_waiting(rounds, waiting)
        go_on.set()
        assert second.result(10).last_seq == 2
    leader.join(10)


def test_a_leader_that_is_stopped_while_it_waits_for_others_takes_the_lead_away_from_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits, stop = Event(), Event()
    rounds = Rounds(lambda batches: [_saved(batch) for batch in batches], gathers=lambda: 0.001)

    def sleep(_seconds: float) -> None:
        if not stop.is_set():
            waits.set()
            assert stop.wait(10)
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)

    _stop_the_leader(rounds, KeyboardInterrupt, begun=waits, go_on=stop, waiting=2)


def test_who_has_no_outcome_is_to_be_saved_alone() -> None:
    rounds = Rounds(lambda batches: [Alone() for _ in batches])
    with pytest.raises(Alone):
        rounds.join(_batch(1))
    with pytest.raises(Alone):
        rounds.join(_batch(2))


def test_a_sender_that_is_stopped_while_it_waits_takes_the_lead_away_from_nobody() -> None:
    disk = Disk()
    rounds = Rounds(disk.run)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(rounds.join, _batch(1))
        assert disk.begun.wait(10)
        stopped = _Stopped(rounds)
        third = pool.submit(rounds.join, _batch(3))
        _until_waiting(rounds, 1)
        with pytest.raises(KeyboardInterrupt):
            stopped.wait()
        disk.may_commit.set()
        assert [saved.result(10).last_seq for saved in (first, third)] == [1, 3]


class _Stopped:
    """A sender whose wait at the gate is interrupted."""

    def __init__(self, rounds: Rounds[Batch, Saved]) -> None:
        self.rounds = rounds

    def wait(self) -> None:
        own = Waiting(_batch(2))
        self.rounds._waiting.appendleft(own)
        own.gate = _Interrupted()  # type: ignore[assignment]
        self.rounds._wait(own)


class _Interrupted:
    def acquire(self) -> None:
        raise KeyboardInterrupt

    def locked(self) -> bool:
        return True

"""A thread stores what waits; each sender gets its own outcome, also when a round breaks."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import get_ident
from uuid import UUID

import pytest

from examsvc.core.errors import NotFound
from examsvc.core.rounds import Alone
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.saving.rounds import Outcome, Saved
from examsvc.delivery.saving.writer_aside import WriterAside

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
REFUSED, BROKEN = 13, 99


class Disk:
    """Remembers by which thread each round was stored, and how large it was."""

    def __init__(self) -> None:
        self.rounds: list[tuple[int, int]] = []

    def run(self, batches: Sequence[Batch]) -> list[Outcome]:
        self.rounds.append((get_ident(), len(batches)))
        if any(batch.sitting_id.int == BROKEN for batch in batches):
            raise MemoryError
        return [_outcome(batch) for batch in batches]


def _batch(number: int) -> Batch:
    return Batch(UUID(int=number), 1, (), "", AT)


def _outcome(batch: Batch) -> Outcome:
    if batch.sitting_id.int == REFUSED:
        return NotFound(thing="sitting")
    return Saved(None, 1, batch.sitting_id.int, "", 0, None, is_new=True)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def writer(disk: Disk) -> Iterator[WriterAside]:
    writer = WriterAside(disk.run)
    yield writer
    writer.close()


def test_thousands_at_once_are_each_answered_once_by_one_thread(writer: WriterAside, disk: Disk) -> None:
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda number: writer.join(_batch(number)).last_seq, range(100, 3_100)))
    assert told == list(range(100, 3_100))
    assert sum(together for _, together in disk.rounds) == 3_000
    assert len({thread for thread, _ in disk.rounds}) == 1
    assert get_ident() not in {thread for thread, _ in disk.rounds}


def test_a_refusal_is_for_its_own_sender(writer: WriterAside) -> None:
    with pytest.raises(NotFound):
        writer.join(_batch(REFUSED))
    assert writer.join(_batch(1)).last_seq == 1


def test_of_a_round_that_breaks_everybody_is_told_to_save_alone_and_the_next_is_stored(writer: WriterAside) -> None:
    with pytest.raises(Alone):
        writer.join(_batch(BROKEN))
    assert writer.join(_batch(2)).last_seq == 2


def test_once_closed_it_takes_answers_again(writer: WriterAside) -> None:
    writer.join(_batch(1))
    writer.close()
    assert writer.join(_batch(2)).last_seq == 2

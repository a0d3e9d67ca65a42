"""What is taken and what is refused. Pure: the same rules whether a batch is stored alone or together with others."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from examsvc.delivery import answers
from examsvc.delivery.errors import EpochSuperseded, NotOpened, SeqConflict, SeqGap, SittingClosed, UnknownQuestion
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.saving.entries import Entry, Said
from examsvc.delivery.states import FinishReason, SittingState


class Answering(Protocol):
    """A sitting, as far as it matters here."""

    @property
    def epoch(self) -> int: ...
    @property
    def on_paper_at(self) -> datetime | None: ...
    @property
    def state(self) -> SittingState: ...


def check_open(
    state: SittingState, finish_reason: FinishReason | None, accepts_until: datetime | None, arrived_at: datetime
) -> None:
    """Raise NotOpened or SittingClosed unless what arrived then is still taken.

    While a sitting is paused, what was under way is taken: the client could hold it back anyway.
    """
    if state == SittingState.EXPECTED:
        raise NotOpened
    if state == SittingState.PAUSED:
        return
    may_be_taken = state == SittingState.IN_PROGRESS or finish_reason == FinishReason.TIME_UP
    if not may_be_taken or accepts_until is None or arrived_at > accepts_until:
        raise SittingClosed


def check_epoch(own: Answering, epoch: int) -> None:
    """Raise EpochSuperseded unless the epoch is the one that may answer: on paper none of a page's may."""
    if epoch != own.epoch or (own.on_paper_at is not None and not own.state.is_over):
        raise EpochSuperseded


def numbered(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Return the entries by number, each once; raises SeqConflict when two with one number differ."""
    by_seq: dict[int, Entry] = {}
    for entry in entries:
        if not by_seq.setdefault(entry.seq, entry).says_the_same_as(entry):
            raise SeqConflict(seq=entry.seq)
    return by_seq


def check_repeats(repeats: Iterable[Entry], stored: Mapping[int, Said]) -> None:
    """Raise SeqConflict unless each says what is stored under its number."""
    for entry in repeats:
        if not entry.says_the_same_as(stored[entry.seq]):
            raise SeqConflict(seq=entry.seq)


def following(by_seq: Mapping[int, Entry], last_seq: int) -> list[Entry]:
    """Return the entries after `last_seq` in order; raises SeqGap when one is missing."""
    fresh = [by_seq[seq] for seq in sorted(by_seq) if seq > last_seq]
    if fresh and fresh[-1].seq != last_seq + len(fresh):
        raise SeqGap(expected=last_seq + 1)
    return fresh


def check_answers(form: PaperForm, entries: Iterable[Entry]) -> None:
    """Raise UnknownQuestion or BadAnswer unless each answers a question of the paper in its form."""
    for entry in entries:
        if entry.item_ref not in form:
            raise UnknownQuestion(item_ref=entry.item_ref, seq=entry.seq)
        answers.check(form[entry.item_ref], entry.answer, seq=entry.seq)

"""Saving a batch: with all others that wait, or alone where it needs a transaction of its own."""

import logging
from collections.abc import Sequence
from uuid import UUID

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core import pressure
from examsvc.core.db import Database, OneEach
from examsvc.core.errors import NotAllowed, NotLoggedIn
from examsvc.core.rounds import Alone, Rounds
from examsvc.delivery import paper_forms, responding, signals
from examsvc.delivery.questions import PaperForm
from examsvc.delivery.saving import rounds
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.saving.holding import Store
from examsvc.delivery.saving.pipelined import PipelinedStore
from examsvc.delivery.saving.portable import PortableStore
from examsvc.delivery.saving.rounds import Outcome, Saved

log = logging.getLogger(__name__)


def save(database: Database, batch: Batch) -> Saved:
    """Return how the sitting stands once the batch is committed, all of it.

    Raises NotLoggedIn, NotAllowed, NotFound, SittingClosed, EpochSuperseded, SeqGap, SeqConflict, UnknownQuestion,
    BadAnswer; of what was refused nothing is stored.
    """
    try:
        saved = _writers.of(database).join(batch)
    except Alone:
        return save_alone(database, batch)
    if saved.is_new:
        _announce(saved, batch)
    return saved


def save_alone(database: Database, batch: Batch) -> Saved:
    """Do the same in a transaction for this batch only: it waits for locks, and may value a sitting afresh."""
    with database.reading() as db:
        by = accounts.find_identity(db, batch.token, now=batch.arrived_at)
    if by is None:
        raise NotLoggedIn
    if not by.has(Role.CANDIDATE):
        raise NotAllowed
    with database.transaction() as db:
        own = responding.save_responses(
            db, batch.sitting_id, epoch=batch.epoch, entries=batch.entries, by=by, now=batch.arrived_at
        )
    return Saved(own, own.epoch, own.last_seq, own.chain_head, own.answered_count, own.closes_at, is_new=False)


def _announce(saved: Saved, batch: Batch) -> None:
    """Tell the later stages; what is committed stays, whatever they make of it."""
    try:
        signals.sitting_progressed.send(saved.own, now=batch.arrived_at)
    except Exception:
        log.exception("progress could not be announced")


def _new_writer(database: Database) -> Rounds[Batch, Saved]:
    return Rounds(Together(database), gathers=pressure.gathering_seconds)


class Together:
    """Runs rounds over a database. Of one that fails every batch is Alone, and meets, or not, its own fault there."""

    def __init__(self, database: Database) -> None:
        self._store: Store = PortableStore(database) if database.is_sqlite else PipelinedStore(database)
        self._database = database

    def __call__(self, batches: Sequence[Batch]) -> list[Outcome]:
        try:
            return rounds.run(self._store, batches, self._form)
        except Exception as fault:  # noqa: BLE001 (whatever it was: alone, each batch meets its own fault again)
            # Without the fault's words: a database quotes the row that it refuses.
            log.warning("a round failed", extra={"fault": type(fault).__name__, "batches": len(batches)})
            return [Alone() for _ in batches]

    def _form(self, paper_id: UUID) -> PaperForm:
        form = paper_forms.remembered(paper_id)
        if form is not None:
            return form
        with self._database.reading() as db:
            return paper_forms.form_of(db, paper_id)


_writers = OneEach(_new_writer)

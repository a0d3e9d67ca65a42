"""However batches meet in rounds, what is stored and what is refused is what one after the other would have given."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import batch, told
from sitters import Sitter

from examsvc.core.db import Database
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import responding, verifying
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.saving.service import Together

ANSWERS = st.sampled_from([{"choice": "a"}, {"choice": "b"}, {"choice": "z"}, None])
ENTRIES = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["q", "other", "none"]), ANSWERS), min_size=1, max_size=3
)
ROUNDS = st.lists(st.lists(st.tuples(st.sampled_from([0, 0, 0, 1]), ENTRIES), min_size=1, max_size=4), max_size=4)


def _one_by_one(database: Database, one: Batch, by: Identity) -> Any:
    try:
        with database.transaction() as db:
            return responding.save_responses(
                db, one.sitting_id, epoch=one.epoch, entries=one.entries, by=by, now=one.arrived_at
            ).last_seq
    except Refusal as refusal:
        return refusal.code


def _state(database: Database, sitter: Sitter) -> tuple[int, list[Any]]:
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None
        rows = responding.log(db, sitter.enrolment.sitting.id)
        answered = sitter.view()["answered_count"]
        return answered, [(row.epoch, row.seq, row.item_ref, row.answer) for row in rows]


@given(ROUNDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rounds_give_what_one_after_the_other_gives(
    room: list[Sitter], ref: str, together: Together, database: Database, rounds: Any
) -> None:
    """Two sit side by side: of one the batches go through rounds, of the other one by one. Each run is a new epoch."""
    shared, single, _ = room
    by = Identity(name="", account_id=single.enrolment.candidate.account_id)
    refs = {"q": ref, "other": shared.refs()["TRUE_FALSE"], "none": "q99"}
    for sitter in (shared, single):
        sitter.claim()
    for each in rounds:
        made = [
            ([(seq, refs[name], answer) for seq, name, answer in entries], shared.epoch - stale)
            for stale, entries in each
        ]
        outcomes = [told(outcome) for outcome in together([batch(shared, *one, epoch=epoch) for one, epoch in made])]
        expected = [_one_by_one(database, batch(single, *one, epoch=epoch), by) for one, epoch in made]
        assert outcomes == expected
    assert _state(database, shared) == _state(database, single)

import zlib
from datetime import UTC, datetime
from pathlib import Path

from pools import TRUTH, cell, ids, item, mixed, numbers

from questionbank.assembly.drawing import one_form
from questionbank.assembly.model import Plan
from questionbank.assembly.parallel import parallel_forms
from questionbank.assembly.pool import in_order
from questionbank.assembly.snapshots import digest, restored, snapshot
from questionbank.kinds import Importance

OLD = Path(__file__).parent / "old_pool.snapshot"  # of a pool of sixty, made when the engine was new


def test_a_pool_comes_back_from_its_snapshot_as_it_was() -> None:
    used = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
    special = item(
        999,
        importance=Importance.CORE,
        family="F",
        enemies=ids(1, 2),
        stimulus="S",
        key_position=2,
        uses=3,
        last_used=used,
    )
    pool = (*mixed(50), special)
    assert restored(snapshot(pool)) == in_order(pool)


def test_the_digest_knows_every_field_and_no_order() -> None:
    pool = mixed(20)
    assert digest(reversed(pool)) == digest(pool)
    assert (
        len(
            {digest([item(1)]), digest([item(1, uses=1)]), digest([item(1, seconds=61)]), digest([item(1, family="F")])}
        )
        == 4
    )


def test_a_snapshot_from_before_items_were_measured_gives_the_same_digest_and_papers() -> None:
    kept = zlib.decompress(OLD.read_bytes())
    assert b"expected" not in kept
    pool = restored(OLD.read_bytes())
    assert digest(pool) == "9048dc3da70ae82a3d1cf9acc9b07145f001afa7e717e39923770ef003c943a6"
    plan = Plan((cell(6, work_tasks=(1,)), cell(5, work_tasks=(2,)), cell(4, types=(TRUTH,))))
    assert [sorted(numbers(form)) for form in parallel_forms(plan, pool, "seed", 2).forms] == [
        [4, 8, 9, 11, 15, 16, 29, 31, 32, 36, 38, 43, 49, 54, 55],
        [1, 3, 5, 10, 19, 23, 25, 26, 37, 40, 41, 42, 47, 48, 57],
    ]
    single = [1, 4, 11, 13, 15, 16, 20, 22, 25, 30, 38, 42, 43, 49, 54]
    assert sorted(numbers(one_form(plan, pool, "seed"))) == single


def test_what_was_measured_comes_back_from_a_snapshot() -> None:
    pool = [item(1, expected=0.62, information=0.31)]
    assert restored(snapshot(pool)) == tuple(pool)
    assert digest(pool) != digest([item(1)])

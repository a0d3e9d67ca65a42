from datetime import UTC, datetime

from pools import ids, item, mixed

from questionbank.assembly.pool import in_order
from questionbank.assembly.snapshots import digest, restored, snapshot
from questionbank.kinds import Importance


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

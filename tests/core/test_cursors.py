import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from examsvc.core import cursors, ids
from examsvc.core.cursors import BadCursor


def test_a_cursor_reads_back_as_the_place_it_was_written_for() -> None:
    at, key = datetime(2026, 11, 23, 9, 0, 0, 1, timezone(timedelta(hours=8))), ids.new_id()
    assert cursors.read(cursors.write(at, key)) == (at.astimezone(UTC), key)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00.000000+1400", "2026-11-23T09:00:00.000000", "now"])
def test_a_forged_instant_is_refused_before_it_is_reckoned_with(at: str) -> None:
    with pytest.raises(BadCursor):
        cursors.read(base64.urlsafe_b64encode(f"{at} {ids.new_id()}".encode()).decode())

"""The quick way to canonical JSON writes what the reference writes, or leaves it to it."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from examsvc.core import canonical

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.uuids()
    | st.dates()
    | st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_every_value_is_written_as_the_reference_writes_it(value: Any) -> None:
    assert canonical.encode(value) == rfc8785.dumps(canonical.plain(value))


@pytest.mark.parametrize("value", [2**53, float("nan"), "\ud800", object(), {"\ud800": 1}])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical.encode(value)


def test_an_instant_is_written_in_utc_with_microseconds() -> None:
    east = timezone(timedelta(hours=8))
    assert canonical.instant(datetime(2026, 11, 23, 9, 0, tzinfo=east)) == "2026-11-23T01:00:00.000000Z"
    assert canonical.encode(datetime(2026, 11, 23, 1, 0, 0, 5, tzinfo=UTC)) == b'"2026-11-23T01:00:00.000005Z"'


def test_keys_are_sorted_by_utf_16_units_and_others_than_texts_are_made_texts() -> None:
    assert canonical.encode({"\U00010000": 1, "\uffff": 2}) == '{"\U00010000":1,"\uffff":2}'.encode()
    assert canonical.encode({2: 1, 10: 2}) == b'{"10":2,"2":1}'
    assert canonical.encode((date(2026, 1, 2), UUID(int=1))) == (
        b'["2026-01-02","00000000-0000-0000-0000-000000000001"]'
    )


def test_the_digest_is_of_the_canonical_bytes() -> None:
    assert canonical.digest({"b": 1, "a": None}) == hashlib.sha256(b'{"a":null,"b":1}').hexdigest()

"""A start is told with a later round to who came late to it, and to whom a failure kept from being told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from starts import Page, RoundAt, heard
from waiters import Waiter

from examsvc.delivery.sealed import releasing


def test_who_connects_a_little_late_is_told_with_the_next_round(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    first = page(waiters[0])
    round_at(starts_at)
    late = page(waiters[1])
    round_at(starts_at + timedelta(seconds=1))
    assert [len(heard(each)) for each in (first, late)] == [1, 1]


def test_whom_a_failure_kept_from_being_told_is_told_with_the_next_round(
    waiters: list[Waiter],
    page: Page,
    round_at: RoundAt,
    starts_at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [page(waiter) for waiter in waiters]
    with monkeypatch.context() as broken:
        broken.setattr(releasing, "release", fail)
        with pytest.raises(OSError, match="gone"):
            round_at(starts_at)
    round_at(starts_at + timedelta(seconds=1))
    round_at(starts_at + timedelta(seconds=2))
    assert [len(heard(each)) for each in pages] == [1, 1]


def fail(*_: Any, **__: Any) -> Any:
    """Stand for a database that is gone."""
    raise OSError("gone")

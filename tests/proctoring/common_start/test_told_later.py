"""A start is told with a later round to who came late to it, and to whom a failure kept from being told."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from starts import Page, RoundAt, heard
from waiters import Waiter

from examsvc.delivery.sealed import releasing
from proctoring.sockets.running import RUNNING
from proctoring.starting import LOOKS_AGAIN


def test_who_connects_a_little_late_is_told_with_the_next_round(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    first = page(waiters[0])
    round_at(starts_at)
    late = page(waiters[1])
    round_at(starts_at + LOOKS_AGAIN)
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
    round_at(starts_at + LOOKS_AGAIN)
    round_at(starts_at + 2 * LOOKS_AGAIN)
    assert [len(heard(each)) for each in pages] == [1, 1]


def test_whom_the_server_could_not_send_to_is_told_with_the_next_round(
    app: Flask,
    waiters: list[Waiter],
    page: Page,
    round_at: RoundAt,
    starts_at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [page(waiter) for waiter in waiters]
    teller = app.extensions[RUNNING].starter._teller
    usual = teller.start
    sends = iter([usual, fail])

    def send(*told: Any) -> None:
        next(sends)(*told)

    with monkeypatch.context() as broken:
        broken.setattr(teller, "start", send)
        with pytest.raises(OSError, match="gone"):
            round_at(starts_at)
    told = sum(len(heard(each)) for each in pages)
    round_at(starts_at + LOOKS_AGAIN)
    assert told == 1
    assert all(len(heard(each)) == 1 for each in pages)


def test_a_page_that_comes_back_without_having_heard_is_told(
    waiters: list[Waiter], page: Page, round_at: RoundAt, starts_at: datetime
) -> None:
    lost = page(waiters[0])
    round_at(starts_at)
    lost.disconnect("/candidate")
    back = page(waiters[0])
    round_at(starts_at + LOOKS_AGAIN)
    ((told,), claimed) = heard(back), waiters[0].sitter.claim()
    assert told["paper_key"] == claimed["paper_key"]


def fail(*_: Any, **__: Any) -> Any:
    """Stand for a database that is gone."""
    raise OSError("gone")

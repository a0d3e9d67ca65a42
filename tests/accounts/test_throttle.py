import pytest

from examsvc.accounts.errors import TooManyAttempts
from examsvc.accounts.throttle import Throttle

DEAD_REDIS = "redis://127.0.0.1:1/0"


@pytest.mark.parametrize("redis_url", [None, DEAD_REDIS])
def test_attempts_count_before_they_are_judged_so_that_many_at_once_do_not_slip_through(redis_url: str | None) -> None:
    throttle = Throttle(redis_url)
    for _ in range(10):
        throttle.attempt("a")
    with pytest.raises(TooManyAttempts):
        throttle.attempt("a")
    throttle.attempt("b")
    throttle.succeeded("a")
    throttle.attempt("a")


@pytest.mark.redis
def test_redis_counts_for_all_processes(redis_url: str) -> None:
    one, other = Throttle(redis_url), Throttle(redis_url)
    for _ in range(5):
        one.attempt("c")
        other.attempt("c")
    with pytest.raises(TooManyAttempts):
        one.attempt("c")

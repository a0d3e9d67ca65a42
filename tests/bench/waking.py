"""What it costs a process to be woken: the same little work done again and again, and after rests: `make bench-waking`.

Nothing of the product runs here. It tells how much of what a service that has little to do costs is the machine's own.
"""

import time
from collections.abc import Callable

from sqlalchemy import create_engine, text

RESTS_SECONDS = (0.0, 0.001, 0.01, 0.1, 0.25)
WARM_UP, MOST, SECONDS = 300, 2_000, 8.0


def main() -> None:
    """Print the processor microseconds of one query of SQLite, by how long the process rested before."""
    with create_engine("sqlite://").connect() as connection:
        query = text("SELECT name FROM sqlite_master WHERE type = 'table'")

        def work() -> None:
            connection.execute(query).all()

        for _ in range(WARM_UP):
            work()
        for rest in RESTS_SECONDS:
            count = min(MOST, int(SECONDS / rest)) if rest else MOST
            spent = sum(_spent(work, rest) for _ in range(count))
            print(f"after a rest of {rest:.3f} s: {1e6 * spent / count:.0f} µs")


def _spent(work: Callable[[], object], rest: float) -> float:
    time.sleep(rest)
    before = time.thread_time()
    work()
    return time.thread_time() - before


if __name__ == "__main__":
    main()

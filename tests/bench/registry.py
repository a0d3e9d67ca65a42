"""How long the registry's pages take at 1,000 and at 10,000 cases over 1,000,000 audit rows: `make bench-registry`.

A PostgreSQL of its own is started, filled and thrown away. Requests go through the whole application (login, schemas,
headers), called in this process: what is left out is the network and the server's queue.
"""

import secrets
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1]))

import psycopg
import servers
from callers import Caller
from casework import Casework
from filling import fill, fill_audit
from flask import Flask

from examsvc.app import create_app
from examsvc.core import clock, logs, settings
from examsvc.core.ids import new_id
from examsvc.registry.cases.states import CaseState
from examsvc.wiring import METADATA

SMALL, LARGE, AUDIT_ROWS = 1_000, 10_000, 1_000_000
ROUNDS, WARM_UP, MOST_RATIO = 200, 10, 1.5
PERCENT = 100


def main() -> None:
    """Fill, measure, fill, measure, print; exits with 1 when a page's median grew by more than half."""
    logs.configure("ERROR")
    with TemporaryDirectory(prefix="examsvc-bench-") as folder, servers.postgresql(Path(folder)) as server:
        app, ids = _prepared(Path(folder), server)
        small = _measured(app, server, ids[:SMALL])
        large = _measured(app, server, ids[SMALL:])
    print(f"{'page':14}{'1k p50':>9}{'1k p99':>9}{'10k p50':>9}{'10k p99':>9}{'p50 ratio':>11}   milliseconds")
    for page, few in small.items():
        many = large[page]
        print(f"{page:14}{few[0]:9.1f}{few[1]:9.1f}{many[0]:9.1f}{many[1]:9.1f}{many[0] / few[0]:11.2f}")
    sys.exit(any(large[page][0] / few[0] > MOST_RATIO for page, few in small.items()))


def _prepared(folder: Path, server: str) -> tuple[Flask, list[UUID]]:
    environ = {
        "EXAMSVC_DATA_DIR": str(folder / "data"),
        "EXAMSVC_DATABASE_URL": server,
        "EXAMSVC_MASTER_KEY": servers.MASTER_KEY,
    }
    app = create_app(settings.load(environ))
    database = app.extensions["examsvc.database"]
    METADATA.create_all(database.engine)
    with database.transaction() as db:
        Casework(db, clock.now() - timedelta(days=400))
    ids = [new_id() for _ in range(LARGE)]
    _timed(f"{AUDIT_ROWS:,} audit rows", lambda: fill_audit(server, ids, AUDIT_ROWS))
    return app, ids


def _measured(app: Flask, server: str, ids: Sequence[UUID]) -> dict[str, tuple[float, float]]:
    _timed(f"{len(ids):,} cases", lambda: fill(server, ids, datetime.now(UTC)))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    centre, nobody = Caller(app).log_in("centre1"), Caller(app)
    shown = [key for number, key in enumerate(ids) if number % len(CaseState)]  # the first state is a draft's
    some = [secrets.choice(shown) for _ in range(ROUNDS + WARM_UP)]
    after = centre.get("/api/cases").json["next"]  # type: ignore[index]
    pages: dict[str, Callable[[int], object]] = {
        "list": lambda _: centre.get("/api/cases"),
        "next page": lambda _: centre.get(f"/api/cases?after={after}"),
        "list by state": lambda _: centre.get("/api/cases?state=APPLIED"),
        "board": lambda _: centre.get("/api/board"),
        "case": lambda n: centre.get(f"/api/cases/{some[n]}"),
        "timeline": lambda n: centre.get(f"/api/cases/{some[n]}/timeline"),
        "public list": lambda _: nobody.get("/registry"),
    }
    return {name: _quantiles(page) for name, page in pages.items()}


def _quantiles(page: Callable[[int], object]) -> tuple[float, float]:
    spent = []
    for number in range(WARM_UP + ROUNDS):
        began = time.perf_counter()
        answer = page(number)
        spent.append((time.perf_counter() - began) * 1000)
        assert getattr(answer, "status_code", 0) == 200, answer
    cuts = statistics.quantiles(spent[WARM_UP:], n=PERCENT)
    return statistics.median(spent[WARM_UP:]), cuts[-1]


def _timed(what: str, work: Callable[[], None]) -> None:
    began = time.perf_counter()
    work()
    print(f"filled {what} in {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()

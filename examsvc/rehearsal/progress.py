"""How a rehearsal goes, on a terminal: a few lines while it runs, and the certificate in short at the end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.table import Table

from examsvc.rehearsal.plans import Plan
from examsvc.rehearsal.running import Run

REFRESH_SECONDS = 1.0
MIB = 1024**2
Shown = Callable[[Run], None]


@contextmanager
def quiet(_plan: Plan) -> Iterator[Shown]:
    """Show nothing."""
    yield lambda _run: None


@contextmanager
def live(plan: Plan) -> Iterator[Shown]:
    """Show on the terminal's error stream how far everybody is."""
    stop, runs = threading.Event(), list[Run]()
    with Live(console=Console(stderr=True), auto_refresh=False) as screen:

        def refresh() -> None:
            while not stop.wait(REFRESH_SECONDS):
                if runs:
                    screen.update(_now(plan, runs[0]), refresh=True)

        threading.Thread(target=refresh, daemon=True).start()
        try:
            yield runs.append
        finally:
            stop.set()


def _now(plan: Plan, run: Run) -> Table:
    steps, measures = run.ran.steps, run.ran.measures
    table = Table(title=f"彩排 {plan.profile} · {plan.candidates}", box=None, show_header=False)
    for step in ("arrived", "working", "handed in", "left to time"):
        table.add_row(step, f"{steps[step]:,}")
    table.add_row("saved", f"{measures.count('save'):,}")
    table.add_row("failed", f"{measures.failures.total():,}")
    for name in ("service", "database", "client"):
        if run.ran.samples:
            cost = getattr(run.ran.samples[-1], name)
            table.add_row(name, f"{cost.cpu_seconds:,.0f} s · {cost.memory_bytes / MIB:,.0f} MiB")
    return table


def summary(certificate: dict[str, Any]) -> None:
    """Print the certificate in short."""
    console, held = Console(), certificate["holds"]
    plan, lost = certificate["plan"], certificate["lost"]
    table = Table(title=f"容量证明 Capacity certificate · {plan['profile']} · {plan['candidates']:,}")
    for column in ("operation", "count", "p50 ms", "p95 ms", "p99 ms", "max ms"):
        table.add_column(column, justify="left" if column == "operation" else "right")
    for name, one in certificate["operations"].items():
        figures = (f"{one[key]:,.0f}" for key in ("count", "p50", "p95", "p99", "longest"))
        table.add_row(name, *figures)
    console.print(table)
    console.print(f"acknowledged {certificate['acknowledged']:,} · stored {certificate['stored']:,} · lost {lost:,}")
    for failure in certificate["failures"]:
        console.print(f"failed: {failure['operation']} {failure['reason']} × {failure['count']:,}")
    for one in certificate["hindrances"]:
        console.print(f"lost to the simulated network: {one['operation']} {one['reason']} × {one['count']:,}")
    for name, cost in certificate["costs"].items():
        memory = cost["memory_most"] / MIB
        console.print(f"{name}: {cost['cpu_seconds']:,.1f} s ({cost['cores']:.2f} cores), {memory:,.0f} MiB at most")
    for name in ("final_within", "scored_within"):
        if certificate[name] is not None:
            console.print(f"{name.replace('_', ' ')} {certificate[name]:.1f} s")
    if certificate["due_to_end"] and certificate["scored_within"] is None:
        console.print("not all were final and scored after time's end")
    if certificate["broken_off"]:
        console.print(f"broken off: {certificate['broken_off']}")
    console.print("[green]成立 holds" if held else "[red]不成立 does not hold")

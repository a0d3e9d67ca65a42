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
    console = Console()
    console.print(_operations(certificate))
    for line in (*_speed(certificate), *_responses(certificate), *_troubles(certificate), *_costs(certificate)):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print("[green]成立 holds" if certificate["holds"] else "[red]不成立 does not hold")


def _operations(certificate: dict[str, Any]) -> Table:
    plan = certificate["plan"]
    table = Table(title=f"容量证明 Capacity certificate · {plan['profile']} · {plan['candidates']:,}")
    for column in ("operation", "count", "p50 ms", "p95 ms", "p99 ms", "max ms"):
        table.add_column(column, justify="left" if column == "operation" else "right")
    for name, one in certificate["operations"].items():
        figures = (f"{one[key]:,.0f}" for key in ("count", "p50", "p95", "p99", "longest"))
        table.add_row(name, *figures)
    return table


def _speed(certificate: dict[str, Any]) -> Iterator[str]:
    machine, busiest = certificate["machine"], certificate["busiest_second"]
    yield f"{certificate['requests_per_second']:,.1f} requests/s, {busiest:,} in the busiest second"
    memory = f"{machine['memory_bytes'] / MIB:,.0f} MiB"
    yield " · ".join((f"machine: {machine['cores']} cores", memory, machine["model"] or "model unknown"))


def _responses(certificate: dict[str, Any]) -> Iterator[str]:
    names = ("written", "acknowledged", "unacknowledged", "stored", "lost")
    yield " · ".join(f"{name} {certificate[name]:,}" for name in names)
    if not certificate["written"]:
        yield "nothing was written, which proves nothing"
    for finding in certificate["findings"]:
        yield f"found: {finding['fault']} {finding['sitting_id']} {finding['epoch']}:{finding['seq']}"


def _troubles(certificate: dict[str, Any]) -> Iterator[str]:
    for failure in certificate["failures"]:
        yield f"failed: {failure['operation']} {failure['reason']} × {failure['count']:,}"
    for fault, count in certificate["faults"].items():
        yield f"gave up: {fault} × {count:,}"
    for one in certificate["hindrances"]:
        yield f"lost to the simulated network: {one['operation']} {one['reason']} × {one['count']:,}"
    if certificate["due_to_end"] and certificate["scored_within"] is None:
        yield "not all were final and scored after time's end"
    if certificate["broken_off"]:
        yield f"broken off: {certificate['broken_off']}"


def _costs(certificate: dict[str, Any]) -> Iterator[str]:
    for name, cost in certificate["costs"].items():
        memory = cost["memory_most"] / MIB
        yield f"{name}: {cost['cpu_seconds']:,.1f} s ({cost['cores']:.2f} cores), {memory:,.0f} MiB at most"
    for name in ("final_within", "scored_within"):
        if certificate[name] is not None:
            yield f"{name.replace('_', ' ')} {certificate[name]:.1f} s"

"""How many answers a second are saved for good: `make bench-saving`.

The whole path with durable commits (login, CSRF token, validation, hash chain, signed receipt), pages without a pause
between requests, beside two ceilings of the same machine in the same run: bare Flask under the same server with one
insert and commit a request, and pgbench. Rounds take turns, medians are told; the client shares the cores.
"""

import argparse
import json
import os
import statistics
import sys
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import ceilings
import psycopg
import servers
import spending
import stage

from examsvc.core import logs

REPORT = Path("build/bench/saving.json")
BATCH = 4
SINGLE, BATCHED, CLIENTS = (8, 64, 256), (64, 256), (1, 8, 32)
FLASK_GOAL, PGBENCH_GOAL = 1.2, 0.5
Figures = dict[str, list[float]]


def main() -> None:
    """Measure, print, write the report; exits with 1 when an answer was lost or refused, or a goal was missed."""
    chosen = _arguments()
    logs.configure("ERROR")
    with TemporaryDirectory(prefix="examsvc-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(servers.postgresql(folder, fsync="on"))
        redis = stack.enter_context(servers.redis(folder)) if chosen.processes > 1 else ""
        bench = Bench(stack, folder, server, redis, chosen)
        bench.warm_up()
        for number in range(chosen.rounds):
            bench.round()
            print(f"round {number + 1} of {chosen.rounds}", flush=True)
        is_whole = bench.check_nothing_lost()
    sys.exit(not (bench.tell() and is_whole))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--only", default="", help="part of a measurement's name")
    return parser.parse_args()


class Bench:
    def __init__(self, stack: ExitStack, folder: Path, server: str, redis: str, chosen: argparse.Namespace) -> None:
        self.server, self.chosen = server, chosen
        self.figures: Figures = defaultdict(list)
        self.notes: dict[str, Any] = {}
        self.acknowledged = 0
        environ = stage.environ_of(folder, server, redis, chosen.processes)
        file = stage.seated(folder, environ)
        self.script = ceilings.prepare(server, folder)
        arguments = ["-c", "python:examsvc.server", "examsvc.server:load()"]
        self.processes: dict[int, int] = {}
        self.ours = int(environ["EXAMSVC_PORT"])
        self.processes[self.ours] = stack.enter_context(stage.served(arguments, environ, self.ours))
        self.bare = servers.free_port()
        options = f"-k gevent -w {chosen.processes} -b 127.0.0.1:{self.bare} --worker-connections 12000 --keep-alive 75"
        bare = [*options.split(), "--no-control-socket", "--log-level", "warning", "bare:load()"]
        self.processes[self.bare] = stack.enter_context(stage.served(bare, {"BARE_DATABASE_URL": server}, self.bare))
        self.client = stack.enter_context(stage.client(file))

    def warm_up(self) -> None:
        """Let every process load what it needs for its first requests."""
        for port in (self.ours, self.bare):
            self._knock("", port, 64)
        self.figures.clear()

    def round(self) -> None:
        """Measure everything once, taking turns."""
        for connections in SINGLE:
            self._knock(f"ours {connections}", self.ours, connections)
            self._knock(f"bare {connections}", self.bare, connections)
        for clients in CLIENTS:
            if self._is_chosen(f"pgbench {clients}"):
                rate = ceilings.pgbench(self.server, self.script, clients=clients, seconds=self.chosen.seconds)
                self.figures[f"pgbench {clients}"].append(rate)
        for connections in BATCHED:
            self._knock(f"ours {connections} x{BATCH}", self.ours, connections, batch=BATCH)

    def _is_chosen(self, name: str) -> bool:
        return not name or self.chosen.only in name

    def _knock(self, name: str, port: int, connections: int, *, batch: int = 1) -> None:
        if not self._is_chosen(name):
            return
        order = {"port": port, "connections": connections, "seconds": self.chosen.seconds, "batch": batch}
        spent = spending.cpu_seconds(self.processes[port])
        assert self.client.stdin
        assert self.client.stdout
        self.client.stdin.write(json.dumps(order) + "\n")
        self.client.stdin.flush()
        told = json.loads(self.client.stdout.readline())
        spent = spending.cpu_seconds(self.processes[port]) - spent
        good = told["statuses"].pop("200", 0)
        if told["statuses"]:
            raise RuntimeError(f"{name}: {told['statuses']} {told['sample']}")
        if port == self.ours:
            self.acknowledged += good * batch
        self.figures[name].append(good * batch / told["seconds"])
        cuts = statistics.quantiles(told["milliseconds"], n=100)
        cpu = {"cpu_ms": spent * 1000 / good, "client_cpu_ms": told["cpu_seconds"] * 1000 / good}
        self.notes[name] = {"p50": cuts[49], "p99": cuts[98], **cpu}

    def check_nothing_lost(self) -> bool:
        """Return whether as many answers are stored as were acknowledged."""
        with psycopg.connect(self.server) as connection:
            found = connection.execute("SELECT count(*) FROM responses").fetchone()
        stored = found[0] if found else 0
        print(f"acknowledged {self.acknowledged:,}, stored {stored:,}")
        return bool(stored == self.acknowledged)

    def tell(self) -> bool:
        """Print the table and write the report; return whether the goals were reached."""
        medians = {name: statistics.median(rates) for name, rates in self.figures.items()}
        for name, rates in self.figures.items():
            note = self.notes.get(name, {})
            more = f"   p50 {note['p50']:6.1f}  p99 {note['p99']:6.1f}  CPU {note['cpu_ms']:5.2f} ms" if note else ""
            print(f"{name:14}{medians[name]:9,.0f} /s  ({min(rates):,.0f}–{max(rates):,.0f}){more}")
        goals = _goals(medians)
        for connections in SINGLE:
            ours, bare = medians.get(f"ours {connections}"), medians.get(f"bare {connections}")
            if ours and bare:
                print(f"{connections} connections, ours / bare Flask: {ours / bare:.2f}")
        for told, (ratio, goal) in goals.items():
            print(f"{told}, each at its best: {ratio:.2f} (goal {goal})")
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        report = {"processes": self.chosen.processes, "cores": os.cpu_count(), "medians": medians, "goals": goals}
        REPORT.write_text(json.dumps({**report, "rounds": self.figures, "latencies": self.notes}, indent=1) + "\n")
        return all(ratio >= goal for ratio, goal in goals.values())


def _goals(medians: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Return what each way reaches at its best, over what it is measured by, with the goal."""

    def best(prefix: str, suffix: str = "") -> float:
        return max((rate for name, rate in medians.items() if _is_of(name, prefix, suffix)), default=0)

    compared = {
        "requests with one answer, ours / bare Flask": (best("ours"), best("bare"), FLASK_GOAL),
        f"answers in batches of {BATCH}, ours / pgbench": (best("ours", f"x{BATCH}"), best("pgbench"), PGBENCH_GOAL),
    }
    return {told: (rate / other, goal) for told, (rate, other, goal) in compared.items() if rate and other}


def _is_of(name: str, prefix: str, suffix: str) -> bool:
    return name.startswith(prefix) and (name.endswith(suffix) if suffix else " x" not in name)


if __name__ == "__main__":
    main()

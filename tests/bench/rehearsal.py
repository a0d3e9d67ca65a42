"""What one machine holds, by rehearsals over a whole installation: `make bench`, `make bench-quick`.

Service, durable PostgreSQL and the synthetic candidates share this machine. Every scenario is bounded; what there is no
time for is left out and said. Exit 1 when a target was missed.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from installation import Installation, installed
from verdicts import missed, table

ALL = 10_000
LADDER = (5_000, 2_000, 1_000, 500)
ONE_PROCESS_SERVES = 2_000  # as README advises; for more there are two
RAMP = 0.12  # seconds between two who come to a process: all 10,000 within ten minutes
MINUTES = 5
WHOLE_SECONDS, QUICK_SECONDS = 70 * 60, 10 * 60
WARM_UP = ("--candidates", "20", "--profile", "exam-day", "--minutes", "1", "--ramp", "5", "--by-hand", "0")
WARM_UP_SECONDS = 120
OUTPUT = Path(__file__).resolve().parents[2] / "build" / "bench"


@dataclass(frozen=True)
class Scenario:
    """A rehearsal to hold over so many web processes; `seconds` is about how long it takes."""

    name: str
    candidates: int
    processes: int
    seconds: float
    arguments: Sequence[str]


def scenarios(most: int, processes: int | None) -> Iterator[Scenario]:
    """Yield an exam day for up to `most` candidates, and then the same for ever fewer.

    Over as many processes as so many are served by, unless all are to be served by so many.
    """
    for count in (most, *(fewer for fewer in LADDER if fewer < most)):
        serving = processes or (1 if count <= ONE_PROCESS_SERVES else 2)
        ramp = max(15.0, count * RAMP / serving)
        asked = {"candidates": count, "profile": "exam-day", "minutes": MINUTES, "ramp": round(ramp), "by-hand": 0}
        arguments = [part for key, value in asked.items() for part in (f"--{key}", str(value))]
        seconds = ramp + MINUTES * 60 + 60 + WARM_UP_SECONDS
        yield Scenario(f"exam-day-{count}", count, serving, seconds, arguments)


def main() -> None:
    """Hold the rehearsals, write a file for each and a table of all, print the table."""
    wanted = _arguments()
    until = time.monotonic() + wanted.seconds
    OUTPUT.mkdir(parents=True, exist_ok=True)
    found: dict[str, dict[str, Any]] = {}
    for processes, group in groupby(scenarios(wanted.candidates, wanted.processes), lambda one: one.processes):
        with (
            TemporaryDirectory(prefix="examsvc-bench-") as folder,
            installed(Path(folder), processes=processes) as installation,
        ):
            for scenario in group:
                if time.monotonic() + scenario.seconds > until:
                    print(f"{scenario.name}: left out, there is no time for its {scenario.seconds:.0f} s", flush=True)
                elif certificate := _held(installation, scenario, until):
                    found[scenario.name] = certificate
    text = table(found)
    (OUTPUT / "rehearsal.md").write_text(text, encoding="utf-8")
    print(text)
    misses = missed(found)
    for miss in misses:
        print(f"missed: {miss}")
    sys.exit(bool(misses) or not found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=ALL)
    parser.add_argument("--processes", type=int, help="that serve them all; above 1 with Redis and a worker")
    parser.add_argument("--quick", action="store_true", help="300 candidates, eight minutes at most")
    wanted = parser.parse_args()
    wanted.seconds = QUICK_SECONDS if wanted.quick else WHOLE_SECONDS
    if wanted.quick:
        wanted.candidates = min(wanted.candidates, 300)
    return wanted


def _held(installation: Installation, scenario: Scenario, until: float) -> dict[str, Any] | None:
    print(f"{scenario.name}: {scenario.candidates:,} candidates, about {scenario.seconds:.0f} s …", flush=True)
    installation.restart()
    # What a process loads once, at each step of an exam, is no candidate's share of its memory.
    installation.rehearse(*WARM_UP, timeout=WARM_UP_SECONDS * 2)
    limit = max(60.0, min(scenario.seconds * 2 + 60, until - time.monotonic() + 120))
    html = OUTPUT / f"{scenario.name}.html"
    try:
        certificate = installation.rehearse(*scenario.arguments, "--html", str(html), timeout=limit)
    except (RuntimeError, OSError, subprocess.SubprocessError) as fault:
        print(f"{scenario.name}: {fault}", flush=True)
        return None
    certificate |= {"load_before": os.getloadavg()[0], "web_processes": scenario.processes}
    text = json.dumps(certificate, ensure_ascii=False, indent=1) + "\n"
    (OUTPUT / f"{scenario.name}.json").write_text(text, encoding="utf-8")
    return certificate


if __name__ == "__main__":
    main()

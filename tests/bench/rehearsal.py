"""What one machine holds, by rehearsals over a whole installation: `make bench`, `make bench-quick`.

Service, durable PostgreSQL and the synthetic candidates share this machine. Every scenario is bounded; what there is no
time for is left out and said. Exit 1 when a target was missed.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from installation import Installation, installed
from verdicts import missed, table

ALL = 10_000
LADDER = (500, 1_000, 2_000, 5_000)
RAMP = 0.08  # seconds between two who arrive: a log-in and its steps take about 60 ms of one process
WHOLE_SECONDS, QUICK_SECONDS = 25 * 60, 5 * 60
OUTPUT = Path(__file__).resolve().parents[2] / "build" / "bench"


@dataclass(frozen=True)
class Scenario:
    """A rehearsal to hold; `seconds` is about how long it takes."""

    name: str
    candidates: int
    seconds: float
    arguments: Sequence[str]


def scenarios(most: int) -> Iterator[Scenario]:
    """Yield the scenarios for up to `most` candidates, what matters most first."""
    yield _of("steady", "steady", most, minutes=3, ramp=max(20.0, most * RAMP))
    yield _of("start-storm", "start-storm", most, minutes=1, ramp=max(15.0, most * RAMP))
    yield _of(
        "hand-in-storm", "hand-in-storm", most, minutes=max(2, round(most * 0.0003)), ramp=most * RAMP, by_hand="0"
    )
    for count in LADDER:
        if count < most:
            yield _of(f"cost-{count}", "steady", count, minutes=1, ramp=max(15.0, count * RAMP))


def _of(name: str, profile: str, candidates: int, *, minutes: int, ramp: float, by_hand: str = "0.2") -> Scenario:
    asked = {"candidates": candidates, "profile": profile, "minutes": minutes, "ramp": round(ramp), "by-hand": by_hand}
    arguments = [part for key, value in asked.items() for part in (f"--{key}", str(value))]
    return Scenario(name, candidates, ramp + minutes * 60 + 30, arguments)


def main() -> None:
    """Hold the rehearsals, write a file for each and a table of all, print the table."""
    wanted = _arguments()
    until = time.monotonic() + wanted.seconds
    OUTPUT.mkdir(parents=True, exist_ok=True)
    found: dict[str, dict[str, Any]] = {}
    with (
        TemporaryDirectory(prefix="examsvc-bench-") as folder,
        installed(Path(folder), processes=wanted.processes) as installation,
    ):
        for scenario in scenarios(wanted.candidates):
            if time.monotonic() + scenario.seconds > until:
                print(f"{scenario.name}: left out, there is no time for its {scenario.seconds:.0f} s", flush=True)
            elif certificate := _held(installation, scenario, until):
                found[scenario.name] = certificate
    text = table(found, processes=wanted.processes)
    (OUTPUT / "rehearsal.md").write_text(text, encoding="utf-8")
    print(text)
    misses = missed(found)
    for miss in misses:
        print(f"missed: {miss}")
    sys.exit(bool(misses) or not found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=ALL)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="300 candidates, five minutes at most")
    wanted = parser.parse_args()
    wanted.seconds = QUICK_SECONDS if wanted.quick else WHOLE_SECONDS
    if wanted.quick:
        wanted.candidates = min(wanted.candidates, 300)
    return wanted


def _held(installation: Installation, scenario: Scenario, until: float) -> dict[str, Any] | None:
    print(f"{scenario.name}: {scenario.candidates:,} candidates, about {scenario.seconds:.0f} s …", flush=True)
    installation.restart()
    limit = max(60.0, min(scenario.seconds * 2 + 60, until - time.monotonic() + 120))
    html = OUTPUT / f"{scenario.name}.html"
    try:
        certificate = installation.rehearse(*scenario.arguments, "--html", str(html), timeout=limit)
    except (RuntimeError, OSError) as fault:
        print(f"{scenario.name}: {fault}", flush=True)
        return None
    certificate["load_before"] = os.getloadavg()[0]
    text = json.dumps(certificate, ensure_ascii=False, indent=1) + "\n"
    (OUTPUT / f"{scenario.name}.json").write_text(text, encoding="utf-8")
    return certificate


if __name__ == "__main__":
    main()

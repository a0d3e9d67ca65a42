"""The capacity certificate: what a rehearsal proved about this machine, as plain values for machines and people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from examsvc.core import canonical, clock
from examsvc.rehearsal import machine
from examsvc.rehearsal.history import Judgement
from examsvc.rehearsal.machine import Cost
from examsvc.rehearsal.plans import Plan
from examsvc.rehearsal.running import Ran, Sample

VERSION = 1
MOST_FAULTS = 20
NO_REQUESTS = frozenset({"connect", "event", "frame", "first question", "write to receipt"})
FULL_SHARE, FIRST_SHARE = 0.98, 0.1
CONNECTED, GONE = ("arrived",), ("handed in", "left to time")


@dataclass(frozen=True)
class Part:
    """What one part of the system cost over the rehearsal; memory in bytes."""

    processes: int
    cpu_seconds: float
    cores: float
    memory_before: int
    memory_most: int


def certificate(plan: Plan, ran: Ran, judged: Judgement, code: str) -> dict[str, Any]:
    """Return the certificate; `holds` says whether all went well (`_holds`)."""
    told = ran.measures.as_value()
    requests = sum(one["count"] for name, one in told["operations"].items() if name not in NO_REQUESTS)
    value = {
        "version": VERSION,
        "exam_session": code,
        "plan": {**asdict(plan), "profile": str(plan.profile)},
        "machine": asdict(machine.this_machine()),
        "began_at": ran.began_at,
        "ended_at": clock.now(),
        "seconds": ran.seconds,
        "requests": requests,
        "requests_per_second": requests / ran.seconds if ran.seconds else 0.0,
        "busiest_second": _busiest(ran),
        **told,
        "steps": dict(ran.steps),
        "costs": {name: asdict(part(ran.samples, name)) for name in ("service", "database", "client")},
        "per_candidate": per_candidate(plan, ran.samples),
        "written": judged.written,
        "acknowledged": judged.acknowledged,
        "unacknowledged": judged.unacknowledged,
        "stored": judged.stored,
        "lost": judged.lost,
        "findings": [{**vars(finding), "sitting_id": str(finding.sitting_id)} for finding in judged.findings],
        "due_to_end": plan.profile.ends_together,
        "final_within": ran.final_within,
        "scored_within": ran.scored_within,
        "faults": dict(ran.faults.most_common(MOST_FAULTS)),
        "broken_off": ran.broken_off,
        "holds": _holds(plan, ran, judged) and not told["failures"],
    }
    plain: dict[str, Any] = canonical.plain(value)
    return plain


def _holds(plan: Plan, ran: Ran, judged: Judgement) -> bool:
    """Return whether something was written, all of it was acknowledged and kept, and everybody got to the end.

    All whom time ends must be final and scored; of others the judgement tells.
    """
    is_kept = judged.written > 0 and not (judged.unacknowledged or judged.findings)
    has_ended = ran.scored_within is not None or not plan.profile.ends_together
    return is_kept and has_ended and not (ran.faults or ran.broken_off)


def part(samples: Sequence[Sample], name: str) -> Part:
    """Return what the part cost from the first sample to the last."""
    costs: list[Cost] = [getattr(sample, name) for sample in samples]
    if not costs:
        return Part(0, 0.0, 0.0, 0, 0)
    # A process that ended takes its seconds with it: what was counted once stays counted.
    cpu = sum(max(0.0, after.cpu_seconds - before.cpu_seconds) for before, after in pairwise(costs))
    seconds = samples[-1].second - samples[0].second
    memory = [cost.memory_bytes for cost in costs]
    return Part(costs[-1].processes, cpu, cpu / seconds if seconds else 0.0, memory[0], max(memory))


def per_candidate(plan: Plan, samples: Sequence[Sample]) -> dict[str, float]:
    """Return bytes of the service's memory for each candidate who is connected, and processor seconds for each.

    `cpu_seconds` is all of it from log-in to result, `cpu_seconds_per_hour` the same for an hour of the paper's time,
    and `cpu_seconds_per_hour_seated` what an hour costs while about all are there and only sit.
    """
    full = _full_house(samples)
    hours, each = _connected_hours(full), _cpu_seconds(samples) / plan.candidates
    return {
        "service_bytes": service_bytes(samples),
        "cpu_seconds": each,
        "cpu_seconds_per_hour": each / (plan.minutes / 60),
        "cpu_seconds_per_hour_seated": _cpu_seconds(full) / hours if hours else 0.0,
    }


def service_bytes(samples: Sequence[Sample]) -> float:
    """Return how much the service's memory grew for each of those who came after the first tenth, while they are there.

    What a process needs once, however many come, is there by then. Of a run too short for that, what it grew at all.
    """
    samples = samples[: _last_full(samples) + 1]
    came = [sample.steps.get(CONNECTED[0], 0) for sample in samples]
    most = max(came, default=0)
    first = next((place for place, count in enumerate(came) if count >= most * FIRST_SHARE), 0)
    if not most or came[first] > most * FIRST_SHARE * 2:
        first = 0
    memory = [sample.service.memory_bytes for sample in samples[first:]]
    return (max(memory) - memory[0]) / (most - came[first]) if most else 0.0


def _cpu_seconds(samples: Sequence[Sample]) -> float:
    return sum(part(samples, name).cpu_seconds for name in ("service", "database"))


def _full_house(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Return the samples from the first to the last at which about as many were there as ever were."""
    full = _full(samples)
    return samples[full[0] : full[-1] + 1] if full else samples


def _last_full(samples: Sequence[Sample]) -> int:
    return max(_full(samples), default=len(samples) - 1)


def _full(samples: Sequence[Sample]) -> list[int]:
    most = max(map(_connected, samples), default=0)
    return [place for place, sample in enumerate(samples) if _connected(sample) >= most * FULL_SHARE]


def _connected_hours(samples: Sequence[Sample]) -> float:
    pairs = pairwise(samples)
    return sum(_connected(before) * (after.second - before.second) for before, after in pairs) / 3600


def _connected(sample: Sample) -> int:
    came, went = (sum(sample.steps.get(step, 0) for step in steps) for steps in (CONNECTED, GONE))
    return came - went


def _busiest(ran: Ran) -> int:
    seconds: dict[int, int] = {}
    for operation, counts in ran.measures.by_second.items():
        for second, count in counts.items() if operation not in NO_REQUESTS else ():
            seconds[second] = seconds.get(second, 0) + count
    return max(seconds.values(), default=0)

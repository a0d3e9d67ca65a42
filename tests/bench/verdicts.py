"""The benchmark's targets, and the table that tells how they were met."""

from collections.abc import Iterator, Mapping
from typing import Any

Certificate = dict[str, Any]
MOST_SAVE_P99_MS = 500
FIRST_QUESTION_WITHIN_MS = 10_000
FINAL_WITHIN_SECONDS = 20
MOST_BYTES = 60 * 1024
FLAT = 0.2
EACH = ("service_bytes", "cpu_seconds_per_hour")
NOTHING = {"p50": 0, "p95": 0, "p99": 0, "longest": 0}


def missed(found: Mapping[str, Certificate]) -> list[str]:
    """Return the targets that were not met, in words."""
    misses = [f"{name}: {fault}" for name, certificate in found.items() for fault in _faults(certificate)]
    return misses + list(_uneven(found))


def _faults(certificate: Certificate) -> Iterator[str]:
    failed = sum(one["count"] for one in certificate["failures"]) + sum(certificate["faults"].values())
    if failed or certificate["broken_off"]:
        yield f"{failed} failed, broken off: {certificate['broken_off']}"
    if certificate["unacknowledged"] or certificate["lost"] or certificate["findings"]:
        counts = ", ".join(f"{certificate[name]} {name}" for name in ("unacknowledged", "lost"))
        yield f"{counts}, {len(certificate['findings'])} findings"
    operations = certificate["operations"]
    saving = operations.get("save", {}).get("p99", MOST_SAVE_P99_MS)
    if saving >= MOST_SAVE_P99_MS:
        yield f"p99 of saving {saving:.0f} ms"
    seen = operations.get("first question", {"count": 0, "longest": 0})
    if seen["longest"] > FIRST_QUESTION_WITHIN_MS or seen["count"] < certificate["plan"]["candidates"]:
        yield f"{seen['count']} saw the first question, the last after {seen['longest'] / 1000:.1f} s"
    within = certificate["scored_within"]
    if within is None or within > FINAL_WITHIN_SECONDS:
        yield f"all final and scored after {within} s"
    if certificate["per_candidate"]["service_bytes"] > MOST_BYTES:
        yield f"{certificate['per_candidate']['service_bytes'] / 1024:.0f} KiB for a candidate"


def _uneven(found: Mapping[str, Certificate]) -> Iterator[str]:
    """Yield what one candidate costs that is not, with few and with many, the same give or take FLAT."""
    by_number = sorted(found.values(), key=lambda one: one["plan"]["candidates"])
    for figure in EACH:
        values = {one["plan"]["candidates"]: one["per_candidate"][figure] for one in by_number}
        if values and max(values.values()) * (1 - FLAT) > min(values.values()) * (1 + FLAT):
            told = ", ".join(f"{value:,.2f} with {candidates:,}" for candidates, value in values.items())
            yield f"{figure} is not flat: {told}"


def table(found: Mapping[str, Certificate]) -> str:
    """Return the results as Markdown."""
    if not found:
        return "Nothing was measured.\n"
    cores = next(iter(found.values()))["machine"]["cores"]
    head = (
        f"{cores} cores for service, durable PostgreSQL and the synthetic candidates together; think time and ramp as "
        "told.\n\n"
        "| scenario | candidates | web processes | think s | ramp s | requests/s | save p50/p95/p99 ms "
        "| write to receipt p50/p99/last s | failed "
        "| acknowledged | lost | first question p50, last s | all final and scored s "
        "| KiB/candidate | CPU s/candidate-hour | of one who is seated | cores: service, database, client |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(_row(name, certificate) for name, certificate in found.items())


def _row(name: str, certificate: Certificate) -> str:
    plan, operations = certificate["plan"], certificate["operations"]
    save, kept, seen = (operations.get(name, NOTHING) for name in ("save", "write to receipt", "first question"))
    failed = sum(one["count"] for one in certificate["failures"]) + sum(certificate["faults"].values())
    cells = (
        name,
        f"{plan['candidates']:,}",
        f"{certificate['web_processes']}",
        "–".join(f"{bound:.0f}" for bound in plan["think"]),
        f"{plan['ramp']:.0f}",
        f"{certificate['requests_per_second']:.0f} (busiest {certificate['busiest_second']})",
        f"{save['p50']:.0f} / {save['p95']:.0f} / {save['p99']:.0f}",
        f"{kept['p50'] / 1000:.2f} / {kept['p99'] / 1000:.1f} / {kept['longest'] / 1000:.1f}",
        f"{failed:,}",
        f"{certificate['acknowledged']:,}",
        f"{certificate['lost']:,}",
        f"{seen['p50'] / 1000:.1f}, {seen['longest'] / 1000:.1f}",
        "never" if certificate["scored_within"] is None else f"{certificate['scored_within']:.1f}",
        f"{certificate['per_candidate']['service_bytes'] / 1024:.0f}",
        f"{certificate['per_candidate']['cpu_seconds_per_hour']:.2f}",
        f"{certificate['per_candidate']['cpu_seconds_per_hour_seated']:.2f}",
        ", ".join(f"{certificate['costs'][part]['cores']:.2f}" for part in ("service", "database", "client")),
    )
    return f"| {' | '.join(cells)} |\n"

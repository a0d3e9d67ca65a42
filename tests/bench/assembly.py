"""How long assembly takes at the size of a bank that fills an examination hall: `make bench-assembly`.

5,000 individual forms of 100 items from 2,000, every rule of every form checked again from the form itself; and one
form from 1,000 items under 36 rules against the solver called directly on the same arrays. Exits with 1 when a form
breaks a rule, the most used item is used more than 1.3 times as often as cannot be avoided, or a limit is passed.
"""

import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from assembling import bank, plan
from rich.progress import track
from scipy.optimize import Bounds, LinearConstraint, milp

from questionbank.assembly import checking, exposure
from questionbank.assembly.individual import individual_forms
from questionbank.assembly.model import Form
from questionbank.assembly.programme import programme
from questionbank.assembly.solving import generator, solve

FORMS, BANK, SMALL_BANK, ROUNDS = 5_000, 2_000, 1_000, 5
MOST_SECONDS, MOST_MEGABYTES, MOST_EXPOSURE, MOST_RATIO = 60.0, 1024.0, 1.3, 2.0


def main() -> None:
    """Draw, check, measure and print."""
    held = [_individual(), _single()]
    sys.exit(not all(held))


def _individual() -> bool:
    pool, asked = bank(BANK), plan()
    seen: list[frozenset[UUID]] = [frozenset()] * FORMS
    started = time.perf_counter()
    drawn: list[Form] = list(track(individual_forms(asked, pool, "bench", seen), "drawing", total=FORMS))
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    broken = sum(bool(checking.broken(asked, form)) for form in track(drawn, "checking every rule"))
    used = Counter(picked.item.version_id for form in drawn for picked in form)
    uses = np.array([used[item.version_id] for item in pool], dtype=np.int64)
    least = exposure.least_most_uses(asked, pool, FORMS)
    ratio = uses.max() / least
    rules = f"{len(asked.cells)} cells and {len(asked.rules)} rules"
    print(f"{FORMS} forms of {asked.count} items from {BANK} under {rules}: {broken} forms break one")
    print(f"  {seconds:.1f} s ({seconds / FORMS * 1000:.2f} ms a form), {megabytes:.0f} MB at most")
    print(f"  most used {uses.max()} times, unavoidable {least}: ratio {ratio:.3f}")
    print(f"  mean overlap {exposure.mean_overlap(uses, FORMS):.4f}, skew {exposure.skew(uses, FORMS):.2f},", end=" ")
    print(f"never used {exposure.unused_share(uses):.1%}")
    return not broken and ratio <= MOST_EXPOSURE and seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES


def _single() -> bool:
    pool, asked = bank(SMALL_BANK), plan()
    wishes = generator("bench").random(len(pool))
    model = programme(asked, pool)
    costs = model.costs(wishes)
    within = LinearConstraint(model.matrix, model.lower, model.upper)
    options = {"mip_rel_gap": 0.0}

    def directly() -> object:
        return milp(
            costs, integrality=np.ones(model.width), bounds=Bounds(0, 1), constraints=within, options=dict(options)
        )

    def ours() -> object:
        return solve(programme(asked, pool), wishes)

    direct, own = _median(directly), _median(ours)
    print(f"one optimal form from {SMALL_BANK} items, {len(asked.rules)} rules: {own * 1000:.0f} ms,", end=" ")
    print(f"the solver alone {direct * 1000:.0f} ms: ratio {own / direct:.2f}")
    return own / direct <= MOST_RATIO


def _median(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()

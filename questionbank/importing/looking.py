"""Looking through a file for a bank: a report of what taking it over would do, and nothing written."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from questionbank.importing import planning, readying
from questionbank.importing.files import Put
from questionbank.importing.kinds import Outcome
from questionbank.importing.placing import Places
from questionbank.importing.planning import Known, Plan
from questionbank.importing.readying import Ready
from questionbank.interchange.model import Event, Level, Problem, ReadItem, Unsupported

A_BATCH, A_TURN = 500, 20
MOST_LINES = 500


@dataclass
class Report:
    """Counts are of the whole file; lines are kept up to `most_lines` of each sort, and `is_cut` says so."""

    format: str
    outcomes: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    unsupported_count: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    unsupported: list[dict[str, Any]] = field(default_factory=list)
    is_cut: bool = False
    most_lines: int = MOST_LINES

    @property
    def refused(self) -> int:
        """How many items or places keep something out."""
        return self.outcomes[Outcome.REFUSED] + self.levels[Level.ERROR]

    def add_plan(self, plan: Plan) -> None:
        self.outcomes[plan.outcome] += 1
        self.types[plan.ready.type] += 1
        self._keep(self.items, _line(plan))

    def add_problem(self, problem: Problem) -> None:
        self.levels[problem.level] += 1
        line = {"where": problem.where, "level": str(problem.level), "code": problem.code, "detail": problem.detail}
        self._keep(self.problems, line)

    def add_unsupported(self, left: Unsupported) -> None:
        self.unsupported_count += 1
        self._keep(self.unsupported, {"where": left.where, "kind": left.kind, "detail": left.detail})

    def _keep(self, lines: list[dict[str, Any]], line: dict[str, Any]) -> None:
        if len(lines) < self.most_lines:
            lines.append(line)
        else:
            self.is_cut = True

    def as_json(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "outcomes": {outcome: self.outcomes[outcome] for outcome in Outcome},
            "by_type": dict(sorted(self.types.items())),
            "warnings": self.levels[Level.WARNING],
            "errors": self.levels[Level.ERROR],
            "unsupported_count": self.unsupported_count,
            "items": self.items,
            "problems": self.problems,
            "unsupported": self.unsupported,
            "is_cut": self.is_cut,
        }


def _line(plan: Plan) -> dict[str, Any]:
    return {
        "where": plan.ready.where,
        "outcome": str(plan.outcome),
        "fault": plan.fault,
        "code": plan.code,
        "type": str(plan.ready.type),
        "stem": plan.ready.stem,
    }


def made_ready(events: Iterator[Event], where: Places, put: Put, report: Report) -> Iterator[Ready]:
    """Yield the items of a file made ready, and put whatever else it tells on the report; asks no database."""
    for count, event in enumerate(events):
        if count % A_TURN == 0:
            time.sleep(0)  # under gevent the other connections get their turn: thousands of items take seconds
        if isinstance(event, ReadItem):
            yield readying.ready(event, where, put)
        elif isinstance(event, Unsupported):
            report.add_unsupported(event)
        else:
            report.add_problem(event)


def plans(
    db: Session, bank_id: UUID, items: Iterator[Ready], report: Report, *, is_locked: bool = False
) -> Iterator[Sequence[Plan]]:
    """Yield batch by batch what becomes of each item, and put it on the report.

    The second item of a file under one code is refused: one of the two would be lost.
    """
    seen: set[str] = set()
    while batch := list(islice(items, A_BATCH)):
        time.sleep(0)
        known = Known(db, bank_id, batch, is_locked=is_locked)
        planned = [_once(planning.plan(one, known), seen) for one in batch]
        for plan in planned:
            report.add_plan(plan)
        yield planned


def _once(plan: Plan, seen: set[str]) -> Plan:
    if plan.ready.fault:
        return plan
    if plan.code in seen:
        return Plan(plan.ready, Outcome.REFUSED, plan.code, "code_twice")
    seen.add(plan.code)
    return plan

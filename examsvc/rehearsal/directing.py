"""A whole rehearsal from seeding to judgement, over the service's own database."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import UUID

from examsvc.core import clock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.delivery.states import ClockRule
from examsvc.rehearsal import clearing, history, machine, portrait, seeding, stored
from examsvc.rehearsal.certificate import certificate
from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.errors import AnotherDatabase
from examsvc.rehearsal.plans import Plan
from examsvc.rehearsal.running import Ran, Run, Watched
from examsvc.rehearsal.seeding import Rehearsal, RehearsalPlan

ASKS_WITHIN_SECONDS = 10


@dataclass(frozen=True)
class Directed:
    """The rehearsal that was held: its certificate, and all that was measured, for the charts."""

    exam_session_id: UUID
    certificate: dict[str, Any]
    ran: Ran


def direct(
    database: Database,
    plan: Plan,
    address: Address,
    *,
    paper_id: UUID | None,
    by: Identity,
    show: Callable[[Run], Any] = lambda _run: None,
) -> Directed:
    """Seed, let everybody sit, and judge; `show` is given the run before it begins.

    Raises AnotherDatabase and ConnectionError, and leaves nothing behind then.
    """
    now = clock.now()
    starts_at = now + plan.starts_after
    with database.transaction() as db:
        rehearsal = seeding.seed(db, _session(plan, starts_at, paper_id), by=by, now=now)
    try:
        check_same_service(address, rehearsal)
    except Exception:
        with database.transaction() as db:
            clearing.clear(db, rehearsal.exam_session_id, by=by, now=clock.now())
        raise
    run = Run(plan, rehearsal.seats, address, _watched(database, plan, address, rehearsal, starts_at), portrait.jpeg())
    show(run)
    ran = asyncio.run(run.to_the_end())
    with database.reading() as db:
        rows, final = (read(db, rehearsal.exam_session_id) for read in (stored.responses, stored.final))
    judged = history.judge(ran.notebooks, rows, final)  # type: ignore[arg-type]
    return Directed(rehearsal.exam_session_id, certificate(plan, ran, judged, rehearsal.code), ran)


def _session(plan: Plan, starts_at: datetime, paper_id: UUID | None) -> RehearsalPlan:
    return RehearsalPlan(
        candidates=plan.candidates,
        starts_at=starts_at,
        ends_at=starts_at + plan.lasts,
        minutes=int(plan.minutes) if plan.profile.has_common_clock else int(plan.lasts.total_seconds() // 60) + 1,
        clock_rule=ClockRule.COMMON if plan.profile.has_common_clock else ClockRule.PERSONAL,
        paper_id=paper_id,
    )


def check_same_service(address: Address, rehearsal: Rehearsal) -> None:
    """Raise AnotherDatabase unless the first candidate may log in there."""
    seat = rehearsal.seats[0]
    body = json.dumps({"ticket_number": seat.ticket, "proof": seat.person.digits})
    connection = HTTPConnection(address.host, address.port, timeout=ASKS_WITHIN_SECONDS)
    try:
        connection.request("POST", "/api/candidate/login", body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise ConnectionError(f"{address.host}:{address.port} does not answer: {error}") from error
    finally:
        connection.close()
    if status != 200:  # noqa: PLR2004 (HTTP)
        raise AnotherDatabase(url=f"http://{address.host}:{address.port}")


def _watched(database: Database, plan: Plan, address: Address, rehearsal: Rehearsal, starts_at: datetime) -> Watched:
    """Return what is watched; what nobody ended falls due when time and the grace are over."""
    due_at = None
    if plan.profile.ends_together:
        due_at = starts_at + plan.lasts + timedelta(seconds=RehearsalPlan.grace_seconds)

    def database_family() -> set[int]:
        with database.reading() as db:
            backend = stored.backend_pid(db)
        return machine.database_family(backend) if backend else set()

    def ended() -> stored.Ended:
        with database.reading() as db:
            return stored.ended(db, rehearsal.exam_session_id)

    def service() -> set[int]:
        """Whoever serves there, and whoever else works on the database, as the worker of several processes does."""
        with database.reading() as db:
            to, ports = stored.speaking_ports(db)
        return machine.listeners(address.port) | machine.speakers(to, ports)

    return Watched(machine.Kept(service), machine.Kept(database_family), ended, due_at, plan.candidates)

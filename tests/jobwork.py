"""Kinds of work made for tests, and a worker that runs them."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.db import Database, get
from examsvc.core.jobs import asking
from examsvc.core.jobs.kinds import Asked, Kind, Write
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.progress import Progress
from examsvc.core.jobs.running import Worker


@dataclass
class Renaming:
    """Work that counts to `total` and then renames its asker; `meanwhile` is called while it counts and writes."""

    total: int = 3
    prepared: int = 0
    faults: list[Exception] = field(default_factory=list)
    meanwhile: Any = None
    while_writing: Any = None

    @property
    def kind(self) -> Kind:
        return Kind("RENAME", frozenset({Role.OFFICE}), self._prepare)

    def _prepare(self, _database: Database, asked: Asked, progress: Progress) -> Write:
        self.prepared += 1
        progress.begin(self.total)
        for _ in progress.passing(iter(range(self.total))):
            if self.meanwhile:
                self.meanwhile()
        if self.faults:
            raise self.faults.pop(0)

        def write(db: Session, now: datetime) -> dict[str, Any]:
            get(db, Account, asked.by.account_id).display_name = asked.payload["name"]
            db.flush()
            if self.while_writing:
                self.while_writing()
            return {"renamed_at": now}

        return write


@dataclass
class AskingOffice:
    """Asks for work in a world and has it done."""

    database: Database
    world: World
    work: Renaming = field(default_factory=Renaming)
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(self, name: str = "新名", by: str = "office") -> Job:
        with self.database.transaction() as db:
            return asking.ask(db, self.work.kind, {"name": name}, label=name, by=self.world.by(by), now=clock.now())

    def cancel(self, job: Job) -> Job:
        with self.database.transaction() as db:
            return asking.cancel(db, job.id, by=self.world.by("office"), now=clock.now())

    def worker(self) -> Worker:
        return Worker(self.database, [self.work.kind], accounts.asker, self.stop)

    def seen(self, job: Job) -> Job:
        with self.database.reading() as db:
            return asking.own(db, job.id, by=self.world.by("office"))

    def name(self) -> str:
        with self.database.reading() as db:
            return get(db, Account, self.world.staff["office"].id).display_name

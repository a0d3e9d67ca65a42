"""Kinds of work: how one is prepared without a lock and then written in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.core.jobs.progress import Progress

Write = Callable[[Session, datetime], dict[str, Any]]
Identify = Callable[[Session, UUID], Identity]


@dataclass(frozen=True)
class Asked:
    """What is to be done, and by whose rights."""

    payload: dict[str, Any]
    by: Identity
    now: datetime


@dataclass(frozen=True)
class Kind:
    """A kind of work for holders of one of `roles`.

    `prepare` reads and computes without a lock, and returns what then writes: given the transaction that also ends
    the job, it returns the job's result as plain JSON. Refusals of both become the job's refusal.
    """

    name: str
    roles: frozenset[str]
    prepare: Callable[[Database, Asked, Progress], Write]

"""Two clerks, and a candidate whose machine fails after three answers."""

from collections.abc import Callable

import pytest
from clerks import Clerk
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get

STARTED = ("SINGLE_CHOICE", "TRUE_FALSE", "FILL_IN")


@pytest.fixture
def clerk(app: Flask, world: World) -> Clerk:
    return Clerk(app, world)


@pytest.fixture
def other(app: Flask, world: World, database: Database, moving_clock: MovableClock) -> Clerk:
    return _employed(app, world, database, moving_clock, "office2")


@pytest.fixture
def third(app: Flask, world: World, database: Database, moving_clock: MovableClock) -> Clerk:
    return _employed(app, world, database, moving_clock, "office3")


def _employed(app: Flask, world: World, database: Database, clock: MovableClock, username: str) -> Clerk:
    with database.transaction() as db:
        act = {"by": world.by("office"), "now": clock()}
        account = accounts.create_account(db, username, "核对员", [Role.OFFICE], password=None, **act)
        account.password_hash = get(db, Account, world.staff["office"].id).password_hash
    return Clerk(app, world, username)


@pytest.fixture
def cut_off(sitter: Sitter) -> Sitter:
    """Three questions are answered and stored."""
    sitter.begin()
    for kind in STARTED:
        sitter.answer(kind)
    return sitter


@pytest.fixture
def on_paper(cut_off: Sitter, clerk: Clerk, moving_clock: MovableClock) -> Sitter:
    """Printed at nine with an hour left; it is half past ten by now."""
    assert clerk.print(cut_off).status_code == 200
    moving_clock.forward(minutes=90)
    return cut_off


Answers = Callable[[Sitter], dict[str, object]]

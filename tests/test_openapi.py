"""The OpenAPI description is true enough to be attacked with: whatever it allows is answered without a fault."""

from itertools import islice
from typing import Any

import pytest
import schemathesis
from callers import Caller
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from sqlalchemy.orm import Session
from world import World

from examsvc.accounts.access import COOKIE, CSRF_HEADER
from examsvc.accounts.models import Account, AccountRole
from examsvc.accounts.roles import Role
from examsvc.core.db import Database, only

EXAMPLES = 6
"""For every operation and each database, others on each."""
SHARES = 4
SERVER_FAULT = 500
NOT_LOGGED_IN = 401


@pytest.fixture
def everybody(app: Flask, database: Database, world: World) -> Caller:
    """Somebody who holds every role, so that requests get past the door."""
    with database.transaction() as db:
        _give_every_role(db)
    return Caller(app).log_in("office")


def _give_every_role(db: Session) -> None:
    account = only(db, Account, username="office")
    assert account is not None
    account.held_roles = [AccountRole(role=role) for role in Role]


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_that_is_sent_makes_the_service_fail(
    app: Flask, database: Database, everybody: Caller, share: int
) -> None:
    schema: BaseSchema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    for found in islice(schema.get_all_operations(), share, None, SHARES):
        operation = found.ok()
        if operation.path != "/api/logout":  # it would end the login that the others need
            _attack(operation, everybody, 140 if database.is_sqlite else 141)


def _attack(operation: Any, caller: Caller, number: int) -> None:
    cookie = caller.client.get_cookie(COOKIE)
    assert cookie
    token = cookie.value

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @seed(number)
    def answered(case: Case) -> None:
        case.headers[CSRF_HEADER] = caller.csrf_token
        case.cookies = {COOKIE: token}  # a Cookie header would be dropped by the test client
        answer = case.call()
        assert answer.status_code != NOT_LOGGED_IN or "/login" in operation.path, "nobody is logged in"
        assert answer.status_code < SERVER_FAULT, f"{case.as_curl_command()}\n{answer.text}"

    answered()

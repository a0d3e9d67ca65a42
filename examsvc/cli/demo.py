"""The command that places the demo."""

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountRole
from examsvc.accounts.roles import Role
from examsvc.app import open_parts
from examsvc.cli.database import refuse_stale_schema
from examsvc.core import clock, settings
from examsvc.core.identity import system
from examsvc.delivery import identity_numbers
from examsvc.delivery.models import Enrolment, ExamSession, by_seat
from examsvc.demo import seeding
from examsvc.registry.desks import affiliating

YEARS = range(2000, 2100)


@click.command()
@click.option("--at", metavar="INSTANT", help='Place it around this moment, e.g. "2026-12-01T09:00+08:00".')
def demo(at: str | None) -> None:
    """Place the demo unless it is there already, and print its address and log-ins."""
    found = settings.load()
    refuse_stale_schema(found)
    moment = _moment(at) if at else clock.now()
    with closing(open_parts(found)) as database, database.transaction() as db:
        if not seeding.is_placed(db):
            seeding.place(db, by=system("demo"), at=moment)
        elif at:
            raise click.ClickException("the demo is placed already; `make reset` drops it")
        _print_logins(db, found.public_url)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not an instant like 2026-12-01T09:00+08:00") from error
    if moment.tzinfo is None:
        raise click.BadParameter(f"{text!r} has no offset; write 2026-12-01T09:00+08:00")
    if moment.year not in YEARS:
        raise click.BadParameter(f"{text!r} is not in this century")
    return moment


def _print_logins(db: Session, url: str) -> None:
    """Print one line for each log-in: role, user name, password, name, and where the person belongs."""
    click.echo(f"\n  {url}\n")
    lines = [*_staff(db), *_first_candidate(db)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        padded = (text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True))
        click.echo(f"  {'   '.join(padded)}".rstrip())
    click.echo("")


def _staff(db: Session) -> Iterator[tuple[str, ...]]:
    staff = select(Account, AccountRole.role).join(AccountRole).where(AccountRole.role != Role.CANDIDATE)
    for account, role in db.execute(staff.order_by(AccountRole.role, Account.username)):
        belongs = affiliating.view(db, account.id)
        place = belongs["department"] or belongs["organisation"] or belongs["district"] or ""
        yield role, account.username, seeding.PASSWORD, account.display_name, place


def _first_candidate(db: Session) -> Iterator[tuple[str, ...]]:
    enrolments = select(Enrolment).join(ExamSession).order_by(ExamSession.starts_at, *by_seat())
    first = db.scalars(enrolments).first()
    if first:
        digits = identity_numbers.unseal(first.candidate.identity_sealed)[-identity_numbers.LAST_DIGITS :]
        yield Role.CANDIDATE, first.ticket_number, digits, first.candidate.name, ""


def _width(text: str) -> int:
    """Return how many columns of a terminal the text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

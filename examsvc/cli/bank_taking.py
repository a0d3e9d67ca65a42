"""Taking a file of items over into a bank, and taking a bank out into a file, from the command line."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import UUID

import click
from rich.progress import Progress
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.app import open_parts
from examsvc.core import clock, settings
from examsvc.core.db import only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank import exporting
from questionbank.errors import FileRefused
from questionbank.importing import preparing, taking
from questionbank.importing.kinds import Outcome
from questionbank.importing.looking import Report
from questionbank.importing.planning import Plan
from questionbank.importing.taking import Sent
from questionbank.interchange.model import Format, Refused

REFUSED_EXIT = 2
FORMATS = click.Choice([one.value for one in Format])
"""By their values: of an enumeration click would ask for the names."""


def take_over(file: Path, told: Format | None, bank_id: UUID, username: str, *, leave_errors: bool) -> None:
    """Look through the file, take it over in one transaction with a progress bar, and print what was done.

    Exits with 1 when something stayed out, with 2 when the file is refused.
    """
    with closing(open_parts(settings.load())) as database:
        with database.reading() as db:
            by, sent = _person(db, username), Sent(file.name, file.read_bytes(), told)
            report = _looked(db, bank_id, sent)
        with database.transaction() as db:
            found_id = taking.remember(db, bank_id, sent, report, by=by, now=clock.now()).id
        with database.reading() as db:
            prepared = preparing.prepare(db, found_id, by=by)
        with database.transaction() as db:
            with Progress() as bar:
                task = bar.add_task("items", total=sum(report.outcomes.values()))

                def shown(batches: Iterator[Sequence[Plan]]) -> Iterator[Sequence[Plan]]:
                    for batch in batches:
                        yield batch
                        bar.advance(task, len(batch))

                take = partial(taking.take, prepared=prepared, shown=shown)
                done = take(db, found_id, leave_errors=leave_errors, by=by, now=clock.now())
            whole = done.report
    counts = whole["outcomes"]
    click.echo("  ".join(f"{outcome.lower()} {counts[outcome]}" for outcome in Outcome))
    raise SystemExit(1 if counts[Outcome.REFUSED] or whole["errors"] or whole["unsupported_count"] else 0)


def _looked(db: Session, bank_id: UUID, sent: Sent) -> Report:
    try:
        return taking.look(db, bank_id, sent)
    except FileRefused as refused:
        click.echo(f"examsvc: {refused} [{refused.extra['fault']}]", err=True)
        raise SystemExit(REFUSED_EXIT) from refused


def _person(db: Session, username: str) -> Identity:
    account = only(db, Account, username=username)
    if account is None:
        raise NotFound(thing="account")
    return Identity(name=account.display_name, account_id=account.id, roles=account.roles)


@click.command()
@click.argument("bank_id", type=click.UUID, metavar="BANK")
@click.option("--format", "into", type=FORMATS, required=True, help="What to write.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
@click.option("--as", "username", required=True, metavar="USERNAME", help="Whose export it is, on record.")
def export(bank_id: UUID, into: str, output: Path, username: str) -> None:
    """Write BANK's approved and released items to FILE.

    What the format cannot carry is printed; exit 1 when an item had to stay out, 2 when the format is not written.
    """
    with closing(open_parts(settings.load())) as database, database.transaction() as db:
        try:
            left = exporting.take_out(db, bank_id, Format(into), output, by=_person(db, username), now=clock.now())
        except Refused as refused:
            click.echo(f"examsvc: {refused.detail} [{refused.code}]", err=True)
            raise SystemExit(REFUSED_EXIT) from refused
    for problem in left:
        click.echo(f"{problem.level}  {problem.where}: {problem.detail} [{problem.code}]")
    raise SystemExit(1 if any(problem.level == "error" for problem in left) else 0)

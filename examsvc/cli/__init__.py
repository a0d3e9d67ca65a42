"""`examsvc …`: every command says what went wrong in one line and exits non-zero."""

import sys
from typing import NoReturn

import click
from sqlalchemy.exc import DBAPIError

from examsvc.cli import bank, database, demo, papers, people, registry, serving, verifying
from examsvc.core.errors import Refusal
from examsvc.core.settings import BadSettings

BAD_SETTINGS_EXIT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="examsvc")
def cli() -> None:
    """专项职业能力考核: exam delivery, scoring and certificates."""


for command in (
    serving.serve,
    serving.worker,
    serving.openapi,
    database.db,
    demo.demo,
    papers.paper,
    people.user,
    registry.registry,
    bank.bank,
    verifying.verify,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; refusals, bad settings, a lost database and lost files become one line each."""
    try:
        cli(prog_name="examsvc")
    except BadSettings as bad:
        for fault in bad.faults:
            click.echo(f"examsvc: {fault}", err=True)
        sys.exit(BAD_SETTINGS_EXIT)
    except Refusal as refusal:
        _fail(f"{refusal} [{refusal.code}]")
    except DBAPIError as fault:
        _fail(f"{_first_line(fault.orig)} (`examsvc db check` says whether the database is there and current)")
    except OSError as fault:
        _fail(str(fault))


def _fail(why: str) -> NoReturn:
    click.echo(f"examsvc: {why}", err=True)
    sys.exit(1)


def _first_line(fault: BaseException | None) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)

"""Commands on accounts."""

from contextlib import closing
from typing import Any
from uuid import UUID

import click
from sqlalchemy.orm import Session

from examsvc.accounts import service
from examsvc.accounts.roles import Role
from examsvc.app import open_parts
from examsvc.core import clock, settings
from examsvc.core.identity import system
from examsvc.registry.desks import affiliating
from examsvc.registry.desks.affiliating import Place

LONGEST_NAME = 80


def _line(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """Return what was given as a name, trimmed; raises BadParameter when nobody could read or type it."""
    name = text.strip()
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise click.BadParameter(f"{text!r} is not a line of 1 to {LONGEST_NAME} characters")
    return name


@click.group()
def user() -> None:
    """Accounts of people who log in with a name and a password."""


@user.command()
@click.argument("username", callback=_line)
@click.option("--name", required=True, callback=_line, help="The person's name as others see it.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([*Role]), help="May be repeated.")
@click.option("--department", help="The department the person belongs to; entered if it is new.")
@click.option("--organisation", metavar="CREDIT_CODE", help="The organisation the person belongs to.")
@click.option("--district", help="The district the person belongs to.")
@click.option("--email", help="Where the person gets letters.")
@click.password_option(envvar="EXAMSVC_NEW_PASSWORD", help="Asked for when not given.")
def create(username: str, name: str, roles: tuple[str, ...], password: str, email: str | None, **place: str) -> None:
    """Create an account, with where its owner belongs."""
    with closing(open_parts(settings.load())) as database, database.transaction() as db:
        held = [Role(role) for role in roles]
        act: dict[str, Any] = {"by": system("cli"), "now": clock.now()}
        account = service.create_account(db, username, name, held, password=password, **act)
        if email:
            service.set_email(db, account.id, email, **act)
        _affiliate(db, account.id, act, **place)
    click.echo(f"created {username}")


@user.command()
@click.argument("username")
def disable(username: str) -> None:
    """Let nobody in by this account any more, and close its open logins."""
    with closing(open_parts(settings.load())) as database, database.transaction() as db:
        service.disable(db, username, by=system("cli"), now=clock.now())
    click.echo(f"disabled {username}")


@user.command()
@click.argument("username")
def enable(username: str) -> None:
    """Let the owner of a disabled account log in again."""
    with closing(open_parts(settings.load())) as database, database.transaction() as db:
        service.enable(db, username, by=system("cli"), now=clock.now())
    click.echo(f"enabled {username}")


def _affiliate(
    db: Session, account_id: UUID, act: dict[str, Any], *, department: str, organisation: str, district: str
) -> None:
    if department:
        affiliating.add_department(db, department, **act)
    place = Place(department or None, organisation or None, district or None)
    if place != Place():
        affiliating.affiliate(db, account_id, place, **act)

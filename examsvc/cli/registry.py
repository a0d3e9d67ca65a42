"""Commands on the registry."""

from contextlib import closing

import click
from sqlalchemy import inspect

from examsvc.app import open_parts
from examsvc.core import clock, settings
from examsvc.core.calendar import holidays
from examsvc.core.calendar.models import HolidayYear
from examsvc.core.calendar.working_days import Calendar
from examsvc.registry.calendar import overview
from examsvc.registry.calendar.overview import WindowLine
from examsvc.registry.calendar.schemas import EARLIEST_YEAR, LATEST_YEAR
from examsvc.registry.desks import telling
from examsvc.registry.windows import WindowKind

_WHO = {
    WindowKind.RECOMMENDATION: "推荐 recommendation",
    WindowKind.ORGANISATION: "申报 application   ",
}


@click.group()
def registry() -> None:
    """Windows and histories of the filing procedure 备案."""


@registry.command()
@click.argument("year", type=click.IntRange(EARLIEST_YEAR, LATEST_YEAR))
def windows(year: int) -> None:
    """Print when recommendations and applications are received in YEAR (140号 三(二), Shanghai dates)."""
    lines = overview.of_year(year, _calendar(), clock.now())
    for line in lines:
        span = f"{line.first_on:%Y-%m-%d %a} 00:00 – {line.last_on:%m-%d %a} 24:00"
        click.echo(f"{_WHO[line.kind]}  {span}  {', '.join(_notes(line))}".rstrip())
    if any(line.working_days is None for line in lines):
        click.echo(f"The holidays of {year} are not known yet: a registrar can import them (/office/, 节假日).")


@registry.command()
@click.argument("case")
def timeline(case: str) -> None:
    """Print what happened with CASE (its number or id): when, who, what, with which document."""
    with closing(open_parts(settings.load())) as database, database.reading() as db:
        found = telling.named(db, case)
        click.echo(f"{found.number}  {found.scheme_name}  {found.organisation_name}  {found.state}")
        for event in telling.entries(db, found):
            at = event["at"].astimezone(clock.SHANGHAI)
            click.echo(
                f"{at:%Y-%m-%d %H:%M:%S}  {event['actor_name']}  {event['action']}  {telling.line(event)}".rstrip()
            )


def _notes(line: WindowLine) -> list[str]:
    notes = [] if line.working_days is None else [f"{line.working_days} working days"]
    if line.is_clamped:
        notes.append("closes with the month")
    if line.last_day_works is False:
        notes.append(f"last day off{_named(line)}, received all the same")
    elif line.last_day_name:
        notes.append(f"last day is a make-up working day{_named(line)}")
    return [*notes, "open now"] if line.is_open else notes


def _named(line: WindowLine) -> str:
    return f" ({line.last_day_name})" if line.last_day_name else ""


def _calendar() -> Calendar:
    """Return what is known of holidays; a database that is not there yet adds nothing."""
    database = open_parts(settings.load())
    if not inspect(database.engine).has_table(HolidayYear.__tablename__):
        return holidays.published_calendar()
    with database.reading() as db:
        return holidays.calendar(db)

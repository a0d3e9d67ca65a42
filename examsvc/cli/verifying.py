"""The command that proves a certificate again from its raw evidence."""

from contextlib import closing

import click

from certificates import verifying
from examsvc.app import open_parts
from examsvc.core import settings


@click.command()
@click.argument("number", metavar="CERT_NUMBER")
def verify(number: str) -> None:
    """Prove a certificate again from raw answers and marks; exit 0 when everything holds, 1 when not."""
    with closing(open_parts(settings.load())) as database, database.reading() as db:
        certificate = verifying.find(db, number)
        click.echo(f"{certificate.number}  {certificate.state}  issued {certificate.issued_on}")
        steps = list(verifying.steps(db, certificate))
    for step in steps:
        click.echo(f"{'✓' if step.holds else '✗'} {step.name}{'' if step.holds else f': {step.fault}'}")
    faults = sum(not step.holds for step in steps)
    if faults:
        raise click.ClickException(f"{faults} of {len(steps)} steps do not hold")
    click.echo(f"all {len(steps)} steps hold")

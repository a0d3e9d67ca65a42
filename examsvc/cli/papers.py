"""Commands about papers: proving one, and drawing many."""

import secrets
from contextlib import closing
from uuid import UUID

import click
from rich.progress import track

from examsvc.app import open_parts
from examsvc.core import clock, settings
from examsvc.core.identity import system
from examsvc.delivery import proving
from questionbank import bases, drawing, redrawing
from questionbank.composing import Order
from questionbank.kinds import DrawKind


@click.group()
def paper() -> None:
    """Papers drawn from the banks."""


@paper.command()
@click.argument("paper_id", metavar="PAPER", type=click.UUID)
def redraw(paper_id: UUID) -> None:
    """Draw a stored paper again from its seed, pool and rules, and compare what candidates saw.

    Exit 0 when all is the same, 1 when not.
    """
    with closing(open_parts(settings.load())) as database, database.reading() as db:
        steps = [*redrawing.steps(db, paper_id), *proving.steps(db, paper_id)]
    for step in steps:
        click.echo(f"{'✓' if step.holds else '✗'} {step.name}{'' if step.holds else f': {step.fault}'}")
    if not all(step.holds for step in steps):
        raise click.ClickException("the paper is not what its draw gives")


@paper.command()
@click.argument("blueprint_id", metavar="BLUEPRINT", type=click.UUID)
@click.option("--count", type=click.IntRange(1, 20_000), required=True, help="How many forms, one for each candidate.")
@click.option("--seed", default=None, help="Makes the draw repeatable; a fresh one is taken without it.")
def individual(blueprint_id: UUID, count: int, seed: str | None) -> None:
    """Draw a form for each candidate from one blueprint, the bank used evenly over all of them."""
    order = Order(DrawKind.INDIVIDUAL, seed or secrets.token_hex(8), count)

    with closing(open_parts(settings.load())) as database:
        with database.reading() as db:
            basis = bases.read(db, blueprint_id, order, now=clock.now())
            papers = list(bases.laid_out(db, basis, track(basis.sheets(), "drawing", total=count)))
        with database.transaction() as db:
            stored = track(papers, "storing")
            draw = drawing.keep(db, basis, stored, by=system("cli"), now=clock.now())
        click.echo(f"{count} papers, draw {draw.id}, seed {draw.seed}")

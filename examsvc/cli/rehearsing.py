"""The dress rehearsal, and clearing rehearsals away."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlalchemy import select

from examsvc.app import open_parts
from examsvc.cli.database import refuse_stale_schema
from examsvc.core import clock, logs, open_files, settings
from examsvc.core.identity import system
from examsvc.delivery.models import ExamSession
from examsvc.rehearsal import clearing, guarding, page, progress
from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.directing import direct
from examsvc.rehearsal.errors import NotARehearsal
from examsvc.rehearsal.plans import Plan, Profile

BY = system("rehearsal")


class Range(click.ParamType):  # type: ignore[type-arg]
    """`30-90`, or one number."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        if isinstance(value, tuple):
            return value
        try:
            low, _, high = value.partition("-")
            bounds = float(low), float(high or low)
        except ValueError:
            bounds = (1.0, 0.0)
        if not 0 <= bounds[0] <= bounds[1]:
            self.fail(f"{value!r} is not a range like 30-90", param, ctx)
        return bounds


@click.group(invoke_without_command=True)
@click.option("--candidates", type=click.IntRange(1, 20_000), default=100, show_default=True)
@click.option(
    "--minutes", type=click.FloatRange(0, 300, min_open=True), default=5, show_default=True, help="How long each works."
)
@click.option(
    "--think", type=Range(), default="30-90", show_default=True, help="Seconds between two answers; zero-think: none."
)
@click.option(
    "--profile", type=click.Choice([each.value for each in Profile]), default=Profile.STEADY.value, show_default=True
)
@click.option(
    "--ramp", type=click.FloatRange(0), default=180.0, show_default=True, help="Seconds over which they come."
)
@click.option("--batch", type=click.IntRange(1, 50), default=1, show_default=True, help="Answers in a request.")
@click.option("--snapshots", metavar="every=SECONDS", help="Send camera frames.")
@click.option(
    "--by-hand", type=click.FloatRange(0, 1), default=0.2, show_default=True, help="Hand-in storm: the share."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed acts the same way.")
@click.option("--paper", "paper_id", type=click.UUID, help="Rehearse this paper; else the latest one.")
@click.option("--url", help="The service; else this installation's own address.")
@click.option("--yes-this-is-mine", "mine", multiple=True, metavar="URL", help="Twice, for a service elsewhere.")
@click.option("--yes-beside", "beside", multiple=True, metavar="CODE", help="Twice, beside a real exam session.")
@click.option("--json", "as_json", is_flag=True, help="Print the certificate as JSON.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the certificate with charts.")
@click.option("--clear/--keep", "clears", default=False, help="Clear the rehearsal away afterwards; else it is kept.")
@click.pass_context
def rehearse(
    ctx: click.Context,
    /,
    snapshots: str | None,
    paper_id: UUID | None,
    url: str | None,
    mine: tuple[str, ...],
    beside: tuple[str, ...],
    html: Path | None,
    *,
    as_json: bool,
    clears: bool,
    **wanted: Any,
) -> None:
    """Let synthetic candidates sit a paper over the real protocol, and certify what this machine holds.

    Exit 1 when it does not hold, as when something failed or was lost.
    """
    if ctx.invoked_subcommand is not None:
        return
    found = settings.load()
    url = (url or f"http://127.0.0.1:{found.port}").rstrip("/")
    guarding.check_address(url, [address.rstrip("/") for address in mine])
    plan = _plan(wanted, _every(snapshots))
    logs.configure("ERROR")
    open_files.allow_many()
    refuse_stale_schema(found)
    with closing(open_parts(found)) as database:
        with database.reading() as db:
            guarding.check_nobody_sits(db, plan, beside, now=clock.now())
        show = progress.quiet if as_json else progress.live
        with show(plan) as shown:
            directed = direct(database, plan, Address.of(url), paper_id=paper_id, by=BY, show=shown)
        if clears:
            with database.transaction() as db:
                clearing.clear(db, directed.exam_session_id, by=BY, now=clock.now())
    certificate = directed.certificate
    if html:
        html.write_text(page.rendered(certificate, directed.ran), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(certificate, ensure_ascii=False, indent=1))
    else:
        progress.summary(certificate)
    if not certificate["holds"]:
        ctx.exit(1)


@rehearse.command()
@click.argument("code", required=False)
def clear(code: str | None) -> None:
    """Clear the rehearsal with this code away, or all of them."""
    found = settings.load()
    refuse_stale_schema(found)
    with closing(open_parts(found)) as database:
        with database.reading() as db:
            query = select(ExamSession.id, ExamSession.code, ExamSession.is_rehearsal)
            chosen = db.execute(query.filter_by(code=code) if code else query.filter_by(is_rehearsal=True)).all()
        if code and not (chosen and chosen[0].is_rehearsal):
            raise NotARehearsal(name=code)
        for exam_session_id, name, _ in chosen:
            with database.transaction() as db:
                count = clearing.clear(db, exam_session_id, by=BY, now=clock.now())
            click.echo(f"{name}: {count} candidates cleared away")


def _plan(wanted: dict[str, Any], snapshots_every: float | None) -> Plan:
    profile, minutes = Profile(wanted["profile"]), wanted["minutes"]
    if profile.has_common_clock and minutes % 1:
        raise click.BadParameter(f"{minutes} is not whole, as a common clock's are", param_hint="--minutes")
    think = (0.0, 0.0) if profile == Profile.ZERO_THINK else wanted["think"]
    return Plan(**{**wanted, "profile": profile, "think": think}, snapshots_every=snapshots_every)


def _every(text: str | None) -> float | None:
    if text is None:
        return None
    name, _, seconds = text.partition("=")
    try:
        every = float(seconds.removesuffix("s"))
    except ValueError:
        every = 0.0
    if name != "every" or every <= 0:
        raise click.BadParameter(f"{text!r} is not like every=10s", param_hint="--snapshots")
    return every

"""The command that tells what a file of items would bring into a bank."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from examsvc.cli import bank_taking
from questionbank.interchange import reading
from questionbank.interchange.model import Format, Refused

_SHOWN = 50


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only read and report.")
@click.option("--into", type=click.UUID, metavar="BANK", help="Take the items over into this bank, as drafts.")
@click.option("--as", "username", metavar="USERNAME", help="Whose drafts they are.")
@click.option("--leave-errors", is_flag=True, help="Take over the rest when some items cannot be.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--format", "named", type=bank_taking.FORMATS, help="Read as this; without it the file tells.")
def import_file(
    file: Path,
    named: str | None,
    into: UUID | None,
    username: str | None,
    *,
    dry_run: bool,
    leave_errors: bool,
    as_json: bool,
) -> None:
    """Read FILE and report its items, or take them over into a bank.

    Exit 0 when all can be imported, 1 when some cannot, 2 when it is refused.
    """
    if dry_run == (into is not None) or (into is None) != (username is None):
        raise click.UsageError("give either --dry-run, or --into BANK --as USERNAME")
    told = Format(named) if named else None
    if into and username:
        bank_taking.take_over(file, told, into, username, leave_errors=leave_errors)
        return
    try:
        report = reading.report(reading.read(file, told))
    except Refused as refused:
        _print_refusal(refused, as_json=as_json)
        raise SystemExit(bank_taking.REFUSED_EXIT) from refused
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else _told(report))
    raise SystemExit(1 if report["errors"] or report["unsupported"] else 0)


def _print_refusal(refused: Refused, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"refused": {"code": refused.code, "detail": refused.detail}}, ensure_ascii=False))
    click.echo(f"examsvc: the file is refused: {refused.detail} [{refused.code}]", err=True)


def _told(report: dict[str, Any]) -> str:
    types = "".join(f"\n  {count:6} {kind}" for kind, count in report["by_type"].items())
    left = [f"  {one['where']}: {one['kind']}: {one['detail']}" for one in report["unsupported"]]
    sections = (
        ("kept as source, not items here", left),
        ("errors", [_line(one) for one in report["errors"]]),
        ("warnings", [_line(one) for one in report["warnings"]]),
    )
    head = f"{report['format']}: {report['items']} items{types}"
    return "\n".join([head, *(_section(title, lines) for title, lines in sections if lines)])


def _section(title: str, lines: list[str]) -> str:
    more = [f"  … and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join([f"{title}: {len(lines)}", *lines[:_SHOWN], *more])


def _line(problem: dict[str, str]) -> str:
    return f"  {problem['where']}: {problem['detail']} [{problem['code']}]"

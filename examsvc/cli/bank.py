"""Commands on item banks."""

import base64
from contextlib import closing
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import select

from examsvc.app import open_parts
from examsvc.cli import bank_files, bank_taking
from examsvc.core import clock, settings
from examsvc.core.db import only
from examsvc.core.errors import NotFound
from examsvc.core.identity import system
from examsvc.core.sealing import Sealer
from examsvc.registry.models import Filing
from questionbank.registration import registering, verifying
from questionbank.registration.models import BankVersion
from questionbank.secrecy import keeping, keys


@click.group()
def bank() -> None:
    """题库 Files, registered versions and keys of item banks."""


bank.add_command(bank_files.import_file)
bank.add_command(bank_taking.export)


@bank.command()
@click.argument("bank_id", type=click.UUID, metavar="BANK")
@click.argument("filing", metavar="FILING_NUMBER")
def register(bank_id: UUID, filing: str) -> None:
    """Register what is released in BANK (its id) for a filing; needed once for banks filed before this was kept."""
    with closing(open_parts(settings.load())) as database, database.transaction() as db:
        found = only(db, Filing, number=filing)
        if found is None:
            raise NotFound(thing="filing")
        made = registering.register(db, bank_id, filing_id=found.id, by=system("cli"), now=clock.now())
        click.echo(f"version {made.number}  {made.digest}")


@bank.command()
@click.option("--former-master-key", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
def rotate_keys(former_master_key: Path | None) -> None:
    """Encrypt every secret bank under a new key of its own, wrapped by the master key.

    After the master key was changed, FILE holds the former one in base64.
    """
    if former_master_key:
        keys.also_trust(Sealer(base64.b64decode(former_master_key.read_text().strip())))
    with closing(open_parts(settings.load())) as database, database.transaction() as db:
        for found in keeping.secret_banks(db):
            count = keeping.rotate_keys(db, found.id, by=system("cli"), now=clock.now())
            click.echo(f"{found.name}: {count} versions")
    keys.distrust_former()


@bank.command()
@click.argument("bank_id", type=click.UUID, metavar="[BANK]", required=False)
def verify(bank_id: UUID | None) -> None:
    """Recompute the manifests of BANK's registered versions, or of all; exit 1 when one does not hold."""
    with closing(open_parts(settings.load())) as database, database.reading() as db:
        query = select(BankVersion).order_by(BankVersion.bank_id, BankVersion.number)
        versions = db.scalars(query.where(BankVersion.bank_id == bank_id) if bank_id else query).all()
        proofs = [(version, verifying.verify(db, version.id)) for version in versions]
        for version, proof in proofs:
            altered = f"  altered: {', '.join(proof['altered'])}" if proof["altered"] else ""
            click.echo(
                f"{'✓' if proof['holds'] else '✗'} {version.bank.name} {version.number}  {version.digest}{altered}"
            )
    if not all(proof["holds"] for _, proof in proofs):
        raise click.ClickException("a registered version does not hold")

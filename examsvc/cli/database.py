"""Commands on the database schema."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from examsvc.core import settings
from examsvc.core.db import Database
from examsvc.core.settings import Settings

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@click.group()
def db() -> None:
    """Bring the database schema up to date, or check that it is."""


@db.command()
def upgrade() -> None:
    """Create or migrate the schema; nothing happens when it is current."""
    found = settings.load()
    found.data_dir.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(found.database_url), "head")
    click.echo("the schema is current")


@db.command()
def check() -> None:
    """Exit 0 when the schema is current, 1 when it has to be upgraded."""
    refuse_stale_schema(settings.load())
    click.echo("the schema is current")


def alembic_config(url: str) -> Config:
    """Return Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def refuse_stale_schema(found: Settings) -> None:
    """Raise ClickException when the schema is not the one this version needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    database = Database(found.database_url)
    try:
        with database.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        database.close()
    if current != head:
        raise click.ClickException(f"the schema is at {current or 'nothing'}, not {head}: run `examsvc db upgrade`")

"""Alembic's environment: the service's own metadata, on the database the command names."""

from alembic import context

from examsvc.core.db import Database
from examsvc.wiring import METADATA

database = Database(context.config.attributes["url"])
with database.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=database.is_sqlite)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.close()

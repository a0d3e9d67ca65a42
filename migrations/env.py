"""Alembic's environment: the service's own metadata, on the database the command names."""

from alembic import context

from examsvc.core.db import Database
from examsvc.wiring import METADATA

database = Database(context.config.attributes["url"])
with database.engine.connect() as connection:
    if database.is_sqlite:
        # A batch rebuilds a table: it is dropped while others refer to it. The pragma counts outside a transaction only.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=database.is_sqlite)
    with context.begin_transaction():
        context.run_migrations()
        if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("a migration left rows that refer to nothing")
    connection.commit()
database.close()

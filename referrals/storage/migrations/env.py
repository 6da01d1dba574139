"""Alembic's entry: runs migrations on the connection that `referrals.storage.schema` hands over."""

from alembic import context

from referrals.storage.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    msg = "migrations are run by `referrals.storage.schema.migrate`"
    raise RuntimeError(msg)

context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()

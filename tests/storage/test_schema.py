"""Migrations go up, down and up again, and end where the models are."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from referrals.storage.engine import make_engine
from referrals.storage.schema import migrate
from referrals.storage.tables import metadata


async def test_up_down_up_equals_the_models(database_url: str) -> None:
    engine = make_engine(database_url)
    await migrate(engine)
    await migrate(engine, revision="base")
    async with engine.connect() as connection:
        bare = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))

    await migrate(engine)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()

    assert bare == {"alembic_version"}
    assert differences == []


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    engine = make_engine(database_url)

    await migrate(engine)
    await migrate(engine)
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()

    assert differences == []


async def test_every_sqlite_connection_is_safe(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
        "trusted_schema": 0,
    }

    async with engine.connect() as connection:
        found = {name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in wanted}
    await engine.dispose()

    assert found == wanted


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))

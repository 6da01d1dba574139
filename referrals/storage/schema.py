"""Bringing a database to the newest schema, from nothing or from any earlier one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from referrals.errors import BrokenReferences
from referrals.storage.locks import Lock

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


async def migrate(engine: AsyncEngine, *, revision: str = "head") -> None:
    """Run what is missing, in one transaction.

    SQLite changes a table by making it anew, which its foreign keys would not survive: they rest
    meanwhile, and are checked as a whole before the commit. Raises BrokenReferences.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    async with engine.connect() as connection:
        if is_sqlite:
            await _set_foreign_keys(connection, "OFF")
        try:
            await connection.begin()
            await connection.run_sync(_run, revision)
            if is_sqlite and (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first():
                raise BrokenReferences
            await connection.commit()
        finally:
            await connection.rollback()
            if is_sqlite:
                await _set_foreign_keys(connection, "ON")


async def _set_foreign_keys(connection: AsyncConnection, state: str) -> None:
    """Outside of a transaction: inside one, SQLite passes over it."""
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is not None:
        await driver.execute(f"PRAGMA foreign_keys={state}")


def _run(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": Lock.MIGRATING})
    config = Config(toml_file=PROJECT)
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)

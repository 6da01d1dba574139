"""Bringing a database to the newest schema, from nothing or from any earlier one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
LOCK = 7_316_204  # any number: two processes that start at once migrate one after the other


async def migrate(engine: AsyncEngine, *, revision: str = "head") -> None:
    """Run what is missing, in one transaction."""
    async with engine.connect() as connection:
        await connection.begin()
        await connection.run_sync(_run, revision)
        await connection.commit()


def _run(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = Config(toml_file=PROJECT)
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)

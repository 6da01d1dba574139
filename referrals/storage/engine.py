"""The engine: SQLite with one writer as the embedded default, PostgreSQL when one machine is outgrown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# `synchronous=FULL` makes a commit wait for the disk: what was confirmed to Telegram survives a power cut.
# `secure_delete` overwrites what is deleted. A lock held by another process is waited for 5 seconds.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
    "trusted_schema=OFF",
)

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class _Raw(Protocol):
    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


class _Cursor(Protocol):
    def execute(self, statement: str) -> object: ...
    def close(self) -> None: ...


def make_engine(url: str, *, read_only: bool = False) -> AsyncEngine:
    """An engine for a `sqlite:///` or `postgresql://` address. Raises ValueError for any other.

    SQLite gets a single connection, so that there is one writer and it alone checkpoints the log
    (versions before 3.51.3 may damage a database that two connections checkpoint at once).
    Parameters never appear in errors: they are people's data. `read_only` is for looking in beside
    a running bot.
    """
    address = make_url(url)
    driver = DRIVERS.get(address.drivername.split("+")[0])
    if driver is None:
        msg = "the database address begins with sqlite:// or postgresql://"
        raise ValueError(msg)
    address = address.set(drivername=driver)
    if driver.startswith("sqlite"):
        engine = create_async_engine(
            address, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=60
        )
        event.listen(engine.sync_engine, "connect", _prepare_reader if read_only else _prepare)
        event.listen(engine.sync_engine, "begin", _begin if read_only else _begin_immediate)
        return engine
    return create_async_engine(address, hide_parameters=True, pool_size=10, pool_pre_ping=True)


async def truncate_log(engine: AsyncEngine) -> None:
    """Empty SQLite's write-ahead log, where what was erased still stands; outside of a transaction."""
    if engine.dialect.name != "sqlite":
        return
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        if driver is not None:
            cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            await cursor.close()


def _prepare(raw: _Raw, _record: object) -> None:
    _set(raw, PRAGMAS)


def _prepare_reader(raw: _Raw, _record: object) -> None:
    _set(raw, ("query_only=ON", "busy_timeout=5000"))


def _set(raw: _Raw, pragmas: Sequence[str]) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves, below
    cursor = raw.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock first: a read that becomes a write fails at once, whatever the time-out."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")

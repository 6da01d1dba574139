"""`atrama doctor`: whether everything that the bot stands on is sound."""

from __future__ import annotations

import argparse
import asyncio
import platform
import sqlite3
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from sqlalchemy.exc import SQLAlchemyError

from bot.opening import open_store
from bot.settings import Settings, settings_of_environment
from knowledge.library import Library

SOON = timedelta(days=30)  # a month is enough to ask an institution and change a line
REPAIRED = (3, 51, 3)  # the first SQLite without the bug of resetting the write-ahead log


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("doctor", help="check versions, keys, database, facts about to expire")
    parser.set_defaults(run=examine)


def examine(_args: argparse.Namespace) -> int:
    """Print what was found; 1 when the store cannot be read."""
    settings = settings_of_environment()
    for name in ("aiogram", "sqlalchemy", "cryptography", "rapidfuzz"):
        print(f"{name} {version(name)}")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    if sqlite3.sqlite_version_info < REPAIRED and settings.database.startswith("sqlite"):
        print("note: this SQLite needs a single writer; the bot keeps to one connection")
    _facts(Library.load())
    try:
        asyncio.run(_store(settings))
    except (SQLAlchemyError, OSError) as error:
        print(f"the database cannot be read: {type(error).__name__}")
        return 1
    return 0


def _facts(library: Library) -> None:
    today = datetime.now(UTC).date()
    ending = library.facts_ending_before(today + SOON, today)
    print(f"{len(library.entries)} entries; facts that expire within {SOON.days} days: {len(ending)}")
    for entry_id, key, review_by in ending:
        print(f"  {review_by} {entry_id}/{key}")


async def _store(settings: Settings) -> None:
    if settings.is_embedded and not (settings.data_dir / "atrama.db").exists():
        print("no database yet: it is made on the first start")
        return
    store = open_store(settings, read_only=True)
    try:
        async with store.work() as work:
            print(f"database: {store.engine.dialect.name}")
            print(f"inbox: {_counts(await work.inbox.counts())}")
            print(f"outbox: {_counts(await work.outbox.counts())}")
    finally:
        await store.close()


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{status} {count}" for status, count in sorted(counts.items())) or "empty"

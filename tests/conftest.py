"""Fixtures: databases of both kinds, a library, a world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from knowledge.library import Library
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.schema import migrate
from referrals.storage.work import Store
from tests.fakes.world import World, make_world

POSTGRES = "postgresql://root@127.0.0.1:5432"


async def _postgres(statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRES}/test", timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def has_postgres() -> bool:
    """Whether the local PostgreSQL answers."""
    try:
        asyncio.run(_postgres("SELECT 1"))
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    return True


@pytest.fixture
def postgres_url(has_postgres: bool) -> Iterator[str]:
    """A fresh PostgreSQL database, dropped afterwards."""
    if not has_postgres:
        pytest.skip("no PostgreSQL at 127.0.0.1:5432")
    name = f"atrama_{uuid4().hex[:12]}"
    asyncio.run(_postgres(f"CREATE DATABASE {name}"))
    yield f"{POSTGRES}/{name}"
    asyncio.run(_postgres(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh SQLite file."""
    return f"sqlite:///{tmp_path / 'atrama.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A migrated store on either database."""
    store = Store(make_engine(database_url), Keyring.parse(Keyring.generate()))
    await migrate(store.engine)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def library() -> Library:
    """The real knowledge base."""
    return Library.load()


@pytest.fixture
async def world(sqlite_url: str, library: Library) -> AsyncIterator[World]:
    """The app as it is built, on SQLite."""
    async with make_world(sqlite_url, library) as world:
        yield world

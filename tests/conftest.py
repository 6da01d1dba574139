"""Fixtures: databases of both kinds, a library, a world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
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


async def _migrated(url: str) -> None:
    engine = make_engine(url)
    await migrate(engine)
    await engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(has_postgres: bool) -> Iterator[str]:
    """The name of a migrated PostgreSQL database: copying it takes a tenth of migrating."""
    if not has_postgres:
        pytest.skip("no PostgreSQL at 127.0.0.1:5432")
    with _postgres_database("") as name:
        asyncio.run(_migrated(f"{POSTGRES}/{name}"))
        yield name


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database, dropped afterwards."""
    with _postgres_database(f"TEMPLATE {postgres_template}") as name:
        yield f"{POSTGRES}/{name}"


@contextmanager
def _postgres_database(like: str) -> Iterator[str]:
    name = f"atrama_{uuid4().hex[:12]}"
    asyncio.run(_postgres(f"CREATE DATABASE {name} {like}"))
    yield name
    asyncio.run(_postgres(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file: copying it takes a tenth of migrating."""
    file = tmp_path_factory.mktemp("template") / "atrama.db"
    asyncio.run(_migrated(f"sqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite file."""
    return f"sqlite:///{copy(sqlite_template, tmp_path / 'atrama.db')}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A migrated store on either database."""
    store = Store(make_engine(database_url), Keyring.parse(Keyring.generate()))
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

"""A hundred changes of the records by somebody who owns the database: a hundred are found."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import RowMapping, delete, insert, select, text, update

from bot.anchors import ANCHORS, read_anchors
from bot.cli import main
from bot.commands.audit import examine
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.schema import migrate
from referrals.storage.tables import records
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.world import COORDINATOR, World
from tests.storage.test_audit import drop_triggers, fill

TRIES = 100
LINES = 40


@pytest.fixture
async def open_store(sqlite_url: str) -> AsyncIterator[Store]:
    """A store whose records nothing protects any more."""
    store = Store(make_engine(sqlite_url), Keyring.parse(Keyring.generate()))
    await fill(store, LINES)
    await drop_triggers(store)
    yield store
    await store.close()


async def edit(work: UnitOfWork, row: RowMapping, chance: random.Random) -> None:
    """One cell says something else."""
    other = {
        "act": "take" if row["act"] == "open" else "open",
        "allowed": not row["allowed"],
        "actor_blind": chance.randbytes(32),
        "referral_id": uuid4(),
        "why": None,
        "at": row["at"] + timedelta(seconds=1),
        "digest": chance.choice([None, chance.randbytes(32)]),
    }
    cell = chance.choice(sorted(other))
    await work.connection.execute(
        update(records).where(records.c.position == row["position"]).values({cell: other[cell]})
    )


async def remove(work: UnitOfWork, row: RowMapping, _chance: random.Random) -> None:
    """A line is gone; not the last, which only an anchor proves."""
    position = min(row["position"], LINES - 1)
    await work.connection.execute(delete(records).where(records.c.position == position))


async def add(work: UnitOfWork, row: RowMapping, chance: random.Random) -> None:
    """A line that nobody did, before all, or behind the last."""
    position = chance.choice([0, -5, LINES + 1])
    digest = chance.choice([None, row["digest"], chance.randbytes(32)])
    await work.connection.execute(
        insert(records).values({**row, "position": position, "digest": digest, "act": "decide"})
    )


async def test_every_change_is_found(open_store: Store) -> None:
    chance, found = random.Random(24), 0
    untouched = await examine(open_store, [])
    for number in range(TRIES):
        async with open_store.work() as work:
            rows = list((await work.connection.execute(select(records))).mappings())
            change = (edit, remove, add)[number % 3]
            await change(work, chance.choice(rows), chance)
            await work.commit()
        found += (await examine(open_store, [])).broken_at is not None
        async with open_store.work() as work:
            await work.connection.execute(text("DELETE FROM records"))
            await work.connection.execute(insert(records), [dict(row) for row in rows])
            await work.commit()

    assert untouched.broken_at is None
    assert (await examine(open_store, [])).broken_at is None
    assert found == TRIES


async def test_the_watch_writes_each_day_down_once(world: World) -> None:
    boss = world.person(COORDINATOR, "Rasa")
    folder = world.app.settings.data_dir
    await boss.says("/staff")
    await world.person(66).says("/staff")
    await world.app.watch()
    await world.app.watch()
    world.clock.advance(timedelta(days=1))
    await world.person(66).says("/staff")
    await world.app.watch()

    written = read_anchors(folder / ANCHORS)
    verdict = await examine(world.app.store, written)

    assert [(each.day, each.position) for each in written] == [("2026-11-24", 1), ("2026-11-25", 2)]
    assert (folder / ANCHORS).stat().st_mode & 0o077 == 0
    assert (verdict.lines, verdict.anchors, verdict.broken_at) == (2, 2, None)


async def test_anchors_that_differ_are_found(world: World) -> None:
    await world.person(66).says("/staff")
    await world.app.watch()
    written = read_anchors(world.app.settings.data_dir / ANCHORS)

    lost = await examine(world.app.store, [])
    async with world.app.store.work() as work:
        await work.connection.execute(text("UPDATE anchors SET day = '2026-11-23'"))
        await work.commit()
    moved = await examine(world.app.store, written)

    assert (lost.broken_at, lost.why) == (1, "anchors-differ")
    assert (moved.broken_at, moved.why) == (1, "anchors-differ")


@pytest.mark.parametrize("is_broken", [False, True])
def test_the_command_says_whether_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, is_broken: bool
) -> None:
    monkeypatch.setenv("ATRAMA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("ATRAMA_DATABASE_URL", raising=False)

    async def prepare() -> None:
        store = Store(make_engine(f"sqlite:///{tmp_path / 'atrama.db'}"), Keyring.parse(Keyring.generate()))
        await migrate(store.engine)
        await fill(store, 3)
        if is_broken:
            await drop_triggers(store)
            async with store.work() as work:
                await work.connection.execute(text("UPDATE records SET act = 'take' WHERE position = 2"))
                await work.commit()
        await store.close()

    asyncio.run(prepare())

    status = main(["audit", "verify", "--json"])
    told = json.loads(capsys.readouterr().out)
    main(["audit", "verify"])
    in_words = capsys.readouterr().out

    assert status == int(is_broken)
    assert told["broken_at"] == (2 if is_broken else None)
    assert ("broken at position 2" if is_broken else "whole") in in_words

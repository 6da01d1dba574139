"""The records: a chain on both databases, which the database itself refuses to change."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.commands.audit import examine
from referrals.access import Act
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.tables import records
from referrals.storage.work import Store
from tests.fakes.clock import START

DROPS = {
    "postgresql": ("DROP TRIGGER records_are_kept ON records",),
    "sqlite": ("DROP TRIGGER records_are_kept_from_update", "DROP TRIGGER records_are_kept_from_delete"),
}


async def fill(store: Store, count: int) -> None:
    """Some records, each in a transaction of its own."""
    for number in range(count):
        async with store.work() as work:
            at = START + timedelta(seconds=number)
            await work.records.add(
                Act.OPEN, number % 3, at, referral_id=None, allowed=number % 2 == 0, why="test"
            )
            await work.commit()


async def drop_triggers(store: Store) -> None:
    """What somebody with all rights on the database would do first."""
    async with store.work() as work:
        for statement in DROPS[store.engine.dialect.name]:
            await work.connection.execute(text(statement))
        await work.commit()


@pytest.mark.parametrize("statement", ["UPDATE records SET allowed = true", "DELETE FROM records"])
async def test_the_database_refuses_to_change_records(store: Store, statement: str) -> None:
    await fill(store, 2)

    async with store.work() as work:
        with pytest.raises(DBAPIError):
            await work.connection.execute(text(statement))

    verdict = await examine(store, [])
    assert (verdict.lines, verdict.broken_at) == (2, None)


@pytest.mark.postgres
async def test_records_cannot_be_emptied(postgres_url: str) -> None:
    store = Store(make_engine(postgres_url), Keyring.parse(Keyring.generate()))
    async with store.work() as work:
        with pytest.raises(DBAPIError):
            await work.connection.execute(text("TRUNCATE records"))
    await store.close()


async def test_the_chain_holds_whoever_writes_at_once(store: Store) -> None:
    async def add(number: int) -> None:
        async with store.work() as work:
            await work.records.add(Act.TAKE, number, START, referral_id=None, allowed=True)
            await work.commit()

    await asyncio.gather(*(add(number) for number in range(20)))

    verdict = await examine(store, [])
    assert (verdict.lines, verdict.broken_at) == (20, None)


async def test_what_was_rolled_back_leaves_no_gap(store: Store) -> None:
    await fill(store, 2)
    async with store.work() as work:
        await work.records.add(Act.OPEN, 1, START, referral_id=None, allowed=True)
    await fill(store, 2)

    async with store.work() as work:
        positions = list((await work.connection.execute(select(records.c.position))).scalars())

    assert sorted(positions) == [1, 2, 3, 4]


async def test_lines_from_before_the_chain_are_covered_by_its_first_digest(store: Store) -> None:
    old = {"act": "open", "allowed": True, "actor_blind": bytes(32), "at": START}
    async with store.work() as work:
        await work.connection.execute(insert(records).values([{**old, "position": at} for at in (1, 2, 3)]))
        await work.commit()
    await fill(store, 2)
    whole = await examine(store, [])

    await drop_triggers(store)
    async with store.work() as work:
        await work.connection.execute(update(records).where(records.c.position == 2).values(allowed=False))
        await work.commit()
    changed = await examine(store, [])

    assert (whole.lines, whole.before_the_chain, whole.broken_at) == (5, 3, None)
    assert (changed.broken_at, changed.why) == (4, "changed")


async def test_a_cut_end_is_found_only_by_the_anchor(store: Store) -> None:
    await fill(store, 5)
    async with store.work() as work:
        anchor = await work.audit.anchor("2026-11-24")
        await work.commit()
    await drop_triggers(store)
    async with store.work() as work:
        await work.connection.execute(delete(records).where(records.c.position > 3))
        await work.commit()
    assert anchor is not None

    with_anchor = await examine(store, [anchor])
    async with store.work() as work:
        await work.connection.execute(text("DELETE FROM anchors"))
        await work.commit()
    without, by_file = await examine(store, []), await examine(store, [anchor])

    assert (with_anchor.broken_at, with_anchor.why) == (4, "cut")
    assert without.broken_at is None
    assert (by_file.broken_at, by_file.why) == (4, "cut")


async def test_a_day_has_one_anchor(store: Store) -> None:
    async with store.work() as work:
        nothing = await work.audit.anchor("2026-11-24")
        await work.commit()
    await fill(store, 3)
    async with store.work() as work:
        first = await work.audit.anchor("2026-11-24")
        await work.commit()
    await fill(store, 1)
    async with store.work() as work:
        second = await work.audit.anchor("2026-11-24")

    assert nothing is None
    assert first is not None
    assert (first, first.position) == (second, 3)

"""Two workers press Take on the same card, a thousand times over: one owner each, and the other is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from referrals.actions import take
from referrals.errors import AlreadyTaken, Changed
from referrals.news import Happened
from referrals.person import Worker
from referrals.referral import ReferralId
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.tables import changes, referrals
from referrals.storage.work import Store
from tests.fakes.clock import START
from tests.storage.seeding import keep

RACES = 1000
AT_ONCE = 8  # races in flight; more only queue for connections

Taking = Callable[[Store, Worker, ReferralId], Awaitable[bool]]


async def take_once(store: Store, worker: Worker, referral_id: ReferralId) -> bool:
    """One press, as the bot does it: a stale read is read again. Whether it got the case."""
    while True:
        async with store.work() as work:
            try:
                await take(work, worker, referral_id, now=START)
                await work.commit()
            except AlreadyTaken:
                return False
            except Changed:
                continue
            return True


async def select_then_update(store: Store, worker: Worker, referral_id: ReferralId) -> bool:
    """The broken variant: look whether it is free, then write, as in two clicks of a database tool."""
    async with store.work() as work:
        query = select(referrals.c.owner).where(referrals.c.id == referral_id)
        is_free = (await work.connection.execute(query)).scalar_one() is None
        await work.connection.rollback()
    if not is_free:
        return False
    async with store.work() as work:
        await work.connection.execute(
            update(referrals).where(referrals.c.id == referral_id).values(owner=worker.id)
        )
        await work.commit()
    return True


def two_stores(url: str) -> tuple[Store, Store]:
    """Two processes' views of one database."""
    keyring = Keyring.parse(Keyring.generate())
    return Store(make_engine(url), keyring), Store(make_engine(url), keyring)


async def cases(store: Store, number: int) -> tuple[list[ReferralId], list[Worker]]:
    """Referrals that nobody has taken, and two workers who may."""
    async with store.work() as work:
        await work.workers.set_coordinators([1, 2], START)
        person = await work.persons.get_or_add(5, START)
        ids = [(await keep(work, person, reference=f"R{count}")).id for count in range(number)]
        workers = [await work.workers.find(1), await work.workers.find(2)]
        await work.commit()
    return ids, [each for each in workers if each is not None]


async def race(url: str, taking: Taking, number: int) -> list[int]:
    """How many got each case."""
    stores = two_stores(url)
    ids, workers = await cases(stores[0], number)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(referral_id: ReferralId) -> int:
        async with gate:
            got = await asyncio.gather(
                *(taking(store, worker, referral_id) for store, worker in zip(stores, workers, strict=True))
            )
            return sum(got)

    winners = await asyncio.gather(*(one(referral_id) for referral_id in ids))
    for store in stores:
        await store.close()
    return list(winners)


async def test_a_thousand_races_have_one_winner_each(database_url: str) -> None:
    winners = await race(database_url, take_once, RACES)

    assert winners == [1] * RACES


async def test_every_taking_is_noted_once(database_url: str) -> None:
    stores = two_stores(database_url)
    ids, workers = await cases(stores[0], 20)

    for referral_id in ids:
        await asyncio.gather(
            *(take_once(store, worker, referral_id) for store, worker in zip(stores, workers, strict=True))
        )
    async with stores[0].work() as work:
        query = select(changes.c.referral_id).where(changes.c.happened == Happened.TAKEN)
        noted = (await work.connection.execute(query)).scalars().all()
    for store in stores:
        await store.close()

    assert sorted(noted) == sorted(ids)


@pytest.mark.postgres
async def test_looking_first_and_writing_later_gives_a_case_to_both(postgres_url: str) -> None:
    winners = await race(postgres_url, select_then_update, 200)

    assert max(winners) == 2


async def test_looking_first_and_writing_later_fails_on_sqlite_too(sqlite_url: str) -> None:
    winners = await race(sqlite_url, select_then_update, 200)

    assert max(winners) == 2

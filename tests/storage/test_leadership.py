"""Of several processes over one database, one sends."""

from __future__ import annotations

import asyncio

import pytest

from referrals.access import Act
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.leadership import Leadership
from referrals.storage.work import Store
from tests.fakes.clock import START


@pytest.mark.postgres
async def test_one_leads_until_it_is_gone(postgres_url: str) -> None:
    first_engine, second_engine = make_engine(postgres_url), make_engine(postgres_url)
    first, second = Leadership(first_engine), Leadership(second_engine)

    before = [await first.holds(), await second.holds(), await first.holds()]
    await first.release()
    after = await second.holds()
    await second.release()
    await first_engine.dispose()
    await second_engine.dispose()

    assert before == [True, False, True]
    assert after


@pytest.mark.postgres
async def test_nobody_waits_for_the_one_that_sends(postgres_url: str) -> None:
    store = Store(make_engine(postgres_url), Keyring.parse(Keyring.generate()))
    leadership = Leadership(store.engine)
    leads = await leadership.holds()

    async with store.work() as work, asyncio.timeout(5):
        await work.records.add(Act.OPEN, 900, START, referral_id=None, allowed=True)
        sweeps = await work.sweeping.begin()
    async with store.work() as sweeping, store.work() as watching:
        both = await sweeping.sweeping.begin(), await watching.watching.begin()
    await leadership.release()
    await store.close()

    assert (leads, sweeps, both) == (True, True, (True, True))


async def test_the_embedded_database_has_one_process(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)

    leads = await Leadership(engine).holds()
    await engine.dispose()

    assert leads

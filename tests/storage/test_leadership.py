"""Of several processes over one database, one sends."""

from __future__ import annotations

import pytest

from referrals.storage.engine import make_engine
from referrals.storage.leadership import Leadership


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


async def test_the_embedded_database_has_one_process(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)

    leads = await Leadership(engine).holds()
    await engine.dispose()

    assert leads

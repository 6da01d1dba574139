"""The command that erases in time, and the running bot that does it by itself."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.clock import SystemClock
from bot.opening import open_store, sole_writer
from bot.settings import Settings
from bot.sweeper import EVERY, SETTLING
from referrals.actions import About, begin
from referrals.storage.schema import migrate
from referrals.storage.work import Store
from tests.conversations.steps import WORDS, arrive, fill_form
from tests.fakes.world import World


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An embedded database with one form that was left two days ago."""
    for name in [each for each in os.environ if each.startswith("ATRAMA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ATRAMA_DATA_DIR", str(tmp_path))
    settings = Settings(data_dir=tmp_path)
    asyncio.run(_leave_a_form(settings))
    return settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The installation's store."""
    store = open_store(settings)
    try:
        yield store
    finally:
        await store.close()


async def _leave_a_form(settings: Settings) -> None:
    past = SystemClock().now() - timedelta(days=2)
    async with opened(settings) as store:
        await migrate(store.engine)
        async with store.work() as work:
            person = await work.persons.get_or_add(5, past)
            await begin(work, person, About(None, "care"), now=past)
            await work.commit()


async def _has_form(settings: Settings) -> bool:
    async with opened(settings) as store, store.work() as work:
        person = await work.persons.find(5)
        return person is not None and await work.drafts.find(person.id) is not None


def test_a_dry_run_counts_and_changes_nothing(
    installation: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with sole_writer(installation):  # looking is allowed beside the running bot
        status = main(["privacy", "sweep", "--dry-run", "--json"])

    counts = json.loads(capsys.readouterr().out)
    assert status == 0
    assert {name: count for name, count in counts.items() if count} == {"drafts": 1}
    assert asyncio.run(_has_form(installation))


def test_sweeping_erases_what_was_counted(installation: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["privacy", "sweep"])
    again = main(["privacy", "sweep", "--dry-run"])

    out = capsys.readouterr().out
    assert (status, again) == (0, 0)
    assert "drafts\t1" in out
    assert "drafts\t0" in out
    assert not asyncio.run(_has_form(installation))


def test_sweeping_beside_the_running_bot_is_refused(
    installation: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with sole_writer(installation):
        status = main(["privacy", "sweep"])

    assert status == 1
    assert "running" in capsys.readouterr().err
    assert asyncio.run(_has_form(installation))


def test_the_controllers_period_decides(
    installation: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATRAMA_KEEP_DRAFTS", "3 days")

    main(["privacy", "sweep"])
    main(["privacy", "register"])

    assert asyncio.run(_has_form(installation))
    out = capsys.readouterr().out
    assert "| drafts.body_sealed |" in out
    assert "| 3 days |" in out


async def test_the_running_bot_sweeps_every_hour_but_not_as_soon_as_it_starts(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    await person.says("/worker")
    world.clock.advance(timedelta(hours=24) - EVERY)
    held = []
    for wait in (timedelta(0), SETTLING, EVERY - SETTLING, SETTLING / 2, SETTLING / 2):
        world.clock.advance(wait)
        await world.app.sweeper.round()
        async with world.app.store.work() as work:
            known = await work.persons.find(5)
            assert known is not None
            held.append(await work.drafts.find(known.id) is not None)

    assert held == [True, True, True, True, False]


async def test_a_form_that_is_sent_after_an_outage_is_sent(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    await person.says("/worker")
    await fill_form(person, WORDS["lt"])
    shown, data = person.find_button(WORDS["lt"].send)
    world.clock.advance(timedelta(hours=30))

    await world.app.sweeper.round()
    await person.presses_data(data, shown)

    assert WORDS["lt"].sent in person.sees

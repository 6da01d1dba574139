"""Twenty kills, three hundred submissions, each pressed twice: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.playground.server import Playground
from tests.trust.crash import HALF_FILLED, Outcome, crash_the_bot, storm


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A Telegram that keeps an update until it is confirmed."""
    playground = Playground()
    await playground.start()
    yield playground
    await playground.stop()


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_killing_the_bot_loses_and_doubles_nothing(
    playground: Playground, database_url: str, tmp_path: Path, webhook: bool
) -> None:
    outcome = await crash_the_bot(playground, database_url, tmp_path, webhook=webhook)

    assert outcome == Outcome(lost=set(), doubled=0, undone=0, resumed=HALF_FILLED)


async def test_the_same_harness_catches_aiograms_default_polling(
    playground: Playground, tmp_path: Path
) -> None:
    database = str(tmp_path / "default.db")
    drafts = {uuid4(): number for number in range(300)}
    command = [sys.executable, "-m", "tests.trust.default_polling", playground.address, database]

    async def is_done() -> bool:
        return playground.store.pending() == 0

    dice = random.Random(20261124)
    await storm(
        playground, command, dict(os.environ), drafts=drafts, half=[], kills=20, dice=dice, is_done=is_done
    )
    with sqlite3.connect(database) as connection:
        stored = {row[0] for row in connection.execute("SELECT draft FROM submissions")}

    lost = {draft for draft in drafts if f"send:{draft.hex}" not in stored}
    assert stored
    assert lost

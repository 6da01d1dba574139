"""Updates that Telegram delivers again, as often and as late as it likes, change nothing (goal G5)."""

from __future__ import annotations

import random

from sqlalchemy import text

from tests.conversations.steps import WORDS, arrive, fill_form
from tests.conversations.test_desk import take
from tests.fakes.world import COORDINATOR, World

LT = WORDS["lt"]
UPDATES = 200
COUNTED = ("persons", "drafts", "consents", "referrals", "changes", "messages", "records", "outbox", "inbox")
Raw = dict[str, object]


async def journey(world: World, heard: list[Raw]) -> None:
    """People who ask, fill in, send, write and take back; a worker who takes and answers."""
    real = world.app.receiving.receive

    async def receive(raws: list[Raw]) -> None:
        heard.extend(raws)
        await real(raws)

    object.__setattr__(world.app.receiving, "receive", receive)
    rasa, number = world.person(COORDINATOR, "Rasa"), 5
    while len(heard) < UPDATES:
        person = await arrive(world, LT, number)
        await person.says("/worker")
        await fill_form(person, LT, need=f"need {number}", name="Ona")
        await person.presses(LT.send)
        await take(world, rasa)
        await rasa.presses("Priimti")
        await person.says("/mine")
        await person.presses("ATR-")
        await person.presses("Parašyti žinutę")
        await person.says("dar kai kas")
        if number % 2:
            await person.says("/mine")
            await person.presses("ATR-")
            await person.presses(LT.withdraw)
        number += 1
    object.__setattr__(world.app.receiving, "receive", real)


async def state(world: World) -> dict[str, object]:
    """How much there is of everything, and how the requests stand."""
    async with world.app.store.work() as work:
        counts: dict[str, object] = {}
        for table in COUNTED:
            counts[table] = (await work.connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar()
        query = "SELECT reference, status, owner, version FROM referrals ORDER BY reference"
        counts["stand"] = [tuple(row) for row in (await work.connection.execute(text(query))).all()]
    counts["seen"] = {
        chat: [each.transcript() for each in shown] for chat, shown in sorted(world.telegram.chats.items())
    }
    return counts


def thrice(heard: list[Raw], chance: random.Random) -> list[Raw]:
    """Everything two more times, in any order."""
    again = heard * 2
    chance.shuffle(again)
    return again


async def test_a_journey_that_is_delivered_three_times_is_made_once(world: World) -> None:
    heard: list[Raw] = []
    await journey(world, heard)
    once = await state(world)

    for raw in thrice(heard, random.Random(5)):
        await world.app.receiving.receive([raw])
    await world.settle()

    assert len(heard) >= UPDATES
    assert await state(world) == once


async def test_forgetting_which_updates_came_would_be_caught(world: World) -> None:
    heard: list[Raw] = []
    await journey(world, heard)
    once = await state(world)

    for number, raw in enumerate(thrice(heard, random.Random(5))[:40]):
        await world.app.receiving.receive([{**raw, "update_id": 100_000 + number}])
    await world.settle()

    assert await state(world) != once

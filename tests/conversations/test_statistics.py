"""The numbers of a week: in words and as a picture, of one's own areas, with nobody to be recognised."""

from __future__ import annotations

import pytest
from aiogram.methods import SendPhoto
from sqlalchemy import text

from referrals.person import Role
from tests.conversations.office import finished_case, staff
from tests.conversations.steps import WORDS, Words, arrive
from tests.fakes.world import COORDINATOR, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
PNG = b"\x89PNG"


@EVERY_LANGUAGE
async def test_a_coordinator_reads_the_numbers_and_sees_the_picture(world: World, words: Words) -> None:
    boss = world.person(COORDINATOR, "Rasa", words.code)
    for telegram_id in (51, 52, 53):
        person = await arrive(world, LT, telegram_id)
        await person.says(LT.question)

    await boss.says("/stats")

    told, picture = world.telegram.chats[COORDINATOR][-2:]
    answered = {"lt": "atsakyta: 3 (0)", "en": "answered: 3 (0)", "uk": "відповідь дано: 3 (0)"}
    assert answered[words.code] in told.text
    assert picture.file is not None
    assert picture.file.data.startswith(PNG)
    assert picture.text  # what a screen reader says of it


async def test_small_numbers_are_hidden(world: World) -> None:
    await finished_case(world, LT)
    boss = world.person(COORDINATOR, "Rasa")

    await boss.says("/stats")

    told = world.telegram.chats[COORDINATOR][-2].text
    assert "Kauno miestas, Kita: <3 (0)" in told.replace("📋 ", "")
    assert "užbaigtas: <3 (0)" in told
    assert "per mažai duomenų" in told
    assert ": 1 (" not in told
    assert "Kanar" not in told


async def test_an_area_coordinator_sees_only_that_area(world: World) -> None:
    await finished_case(world, LT)
    jonava = await staff(world, 12, "Jonas", Role.COORDINATOR, "jonava-district")
    kaunas = await staff(world, 13, "Kastė", Role.COORDINATOR, "kaunas-city")
    seen = {}

    for each in (jonava, kaunas):
        await each.says("/stats")
        seen[each.name] = "\n".join(shown.text for shown in world.telegram.chats[each.id][-2:])

    assert "užbaigtas" not in seen["Jonas"]
    assert "Vietovės: Jonavos rajonas" in seen["Jonas"]
    assert "užbaigtas: <3" in seen["Kastė"]


async def test_a_curator_sees_the_numbers_too(world: World) -> None:
    jurga = await staff(world, 31, "Jurga", Role.CURATOR)

    assert "Pastarosios 7 dienos" in await jurga.says("/stats")


async def test_the_picture_waits_sealed_in_the_outbox(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(LT.question)
    boss = world.person(COORDINATOR, "Rasa")
    await world.app.receiving.receive([{"update_id": 99_999, "message": _command(boss.user, "/stats")}])
    await world.app.worker.step()

    async with world.app.store.work() as work:
        rows = await work.connection.execute(text("SELECT body_sealed FROM outbox WHERE status = 'waiting'"))
        sealed = [bytes(each) for each in rows.scalars()]
    await world.settle()

    assert max(len(each) for each in sealed) > 10_000
    assert not any(b"sendPhoto" in each or b"base64" in each for each in sealed)
    assert any(isinstance(each, SendPhoto) for each in world.telegram.calls)


def _command(user: dict[str, object], name: str) -> dict[str, object]:
    entity = {"type": "bot_command", "offset": 0, "length": len(name)}
    chat = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
    return {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": chat,
        "from": user,
        "text": name,
        "entities": [entity],
    }

"""What /work shows to whom: commands of the role, being away; an away worker takes nothing."""

from __future__ import annotations

import pytest

from bot.language import gettext, speaking
from referrals.person import Role
from tests.conversations.office import staff
from tests.conversations.steps import WORDS, Words, refer
from tests.conversations.test_desk import colleague
from tests.fakes.world import COORDINATOR, DESK, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
OFFICE = ("/staff", "/capacity", "/export", "/invite")
CONTENT = ("/unanswered", "/feedback", "/stats")


def commands(screen: str) -> set[str]:
    """The commands a screen names."""
    return {each for each in (*OFFICE, *CONTENT) if each in screen}


@EVERY_LANGUAGE
async def test_a_role_is_shown_what_it_can_do(world: World, words: Words) -> None:
    worker = await colleague(world, 11, "Rasa")
    curator = await staff(world, 23, "Jurga", Role.CURATOR)
    boss = world.person(COORDINATOR, "Vida")
    async with world.app.store.work() as work:
        for telegram_id in (11, 23, COORDINATOR):
            person = await work.persons.get_or_add(telegram_id, world.clock.now())
            person.language = words.code
            await work.persons.save(person)
        await work.commit()

    screens = {actor.name: await actor.says("/work") for actor in (worker, curator, boss)}

    assert commands(screens["Rasa"]) == set()
    assert commands(screens["Jurga"]) == set(CONTENT)
    assert commands(screens["Vida"]) == {*OFFICE, *CONTENT}
    with speaking(words.code):
        assert gettext("Your desk") in screens["Jurga"]
        assert gettext("🗂 The queue ({count})").partition("(")[0] not in screens["Jurga"]


async def test_every_command_that_is_shown_answers(world: World) -> None:
    boss = world.person(COORDINATOR, "Vida")
    for each in (*OFFICE, *CONTENT):
        assert "nėra ko atverti" not in await boss.says(each)


@pytest.mark.parametrize("role", [Role.WORKER, Role.CURATOR])
async def test_whoever_is_away_reads_so_and_comes_back_with_one_press(world: World, role: Role) -> None:
    rasa = await staff(world, 11, "Rasa", role, "kaunas-city" if role is Role.WORKER else None)
    await rasa.says("/away")

    away = await rasa.says("/work")
    back = await rasa.presses("Vėl dirbu")
    again = await rasa.says("/work")

    assert "šiuo metu nedirbate" in away
    assert "Sveiki sugrįžę" in back
    assert "šiuo metu nedirbate" not in again
    assert "Vėl dirbu" not in again


async def test_an_away_worker_takes_nothing_and_is_told_why(world: World) -> None:
    await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    await rasa.says("/away")

    await rasa.presses("Paimti", chat=DESK)
    told = world.telegram.toasts[-1]
    async with world.app.store.work() as work:
        while_away = (await work.referrals.queue())[0].owner
    await rasa.says("/back")
    await rasa.presses("Paimti", chat=DESK)

    assert told.show_alert
    assert "/back" in str(told.text)
    assert while_away is None
    async with world.app.store.work() as work:
        assert (await work.referrals.queue())[0].owner is not None

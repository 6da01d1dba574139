"""Whether help came is asked once, in working hours, only where writing is safe; saying nothing is fine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import text

from tests.conversations.office import finished_case
from tests.conversations.steps import WORDS, Words
from tests.fakes.world import COORDINATOR, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
WEEK = timedelta(days=7)
ASKED = {
    "lt": "Ar gavote pagalbą, apie kurią klausėte? Atsakykite tik jei norite.",
    "en": "Did you get the help you asked about? Only if you want to say.",
    "uk": "Чи отримали ви допомогу, про яку запитували? Відповідайте, лише якщо хочете.",
}
NO = {"lt": "Ne", "en": "No", "uk": "Ні"}
AGAIN = {"lt": "dar kartą", "en": "again", "uk": "ще раз"}


async def later(world: World, passed: timedelta) -> None:
    """Time goes by, and the loop looks around twice."""
    world.clock.advance(passed)
    for _ in range(2):
        await world.app.ask_follow_ups()
        await world.settle()


def times_asked(world: World, words: Words, telegram_id: int = 5) -> int:
    """How often the person was asked."""
    sent = [each for each in world.telegram.calls if isinstance(each, SendMessage)]
    return sum(each.chat_id == telegram_id and ASKED[words.code] in each.text for each in sent)


async def answers(world: World) -> list[str | None]:
    """What is kept."""
    async with world.app.store.work() as work:
        return list((await work.connection.execute(text("SELECT answer FROM follow_ups"))).scalars())


@EVERY_LANGUAGE
async def test_a_week_after_the_end_the_person_is_asked_once_in_their_language(
    world: World, words: Words
) -> None:
    person = await finished_case(world, words)

    await later(world, WEEK - timedelta(hours=1))
    before = times_asked(world, words)
    await later(world, timedelta(hours=2))
    await later(world, WEEK)

    assert before == 0
    assert times_asked(world, words) == 1
    asked = next(each for each in world.telegram.chats[5] if ASKED[words.code] in each.text)
    assert len(asked.labels) == 4
    assert "canary" not in asked.transcript()
    assert "Kanar" not in asked.transcript()
    assert person.id == 5


@EVERY_LANGUAGE
async def test_who_got_no_help_can_ask_again_and_the_answer_is_noted(world: World, words: Words) -> None:
    person = await finished_case(world, words, about=True)
    await later(world, WEEK + timedelta(hours=1))
    button = next(each for each in person.screen.labels if each == NO[words.code])

    seen = await person.presses(button)

    assert AGAIN[words.code] in seen
    assert "🙋" in seen
    assert await answers(world) == ["no"]
    async with world.app.store.work() as work:
        (remark,) = await work.remarks.all()
    assert (remark.said, remark.language) == ("help-no", words.code)


async def test_nobody_is_asked_who_said_that_writing_is_not_safe(world: World) -> None:
    await finished_case(world, LT, may_write=False)

    await later(world, WEEK * 5)

    assert times_asked(world, LT) == 0
    assert await answers(world) == []


async def test_a_case_that_was_opened_again_is_asked_about_after_its_new_end(world: World) -> None:
    await finished_case(world, LT)
    rasa = world.person(COORDINATOR, "Rasa")
    await rasa.presses("Atnaujinti")
    await later(world, WEEK + timedelta(hours=1))
    while_open = times_asked(world, LT)

    await rasa.presses("Užbaigti")
    await later(world, WEEK + timedelta(hours=1))

    assert while_open == 0
    assert times_asked(world, LT) == 1


async def test_nobody_is_asked_about_what_was_entered_in_error(world: World) -> None:
    await finished_case(world, LT)
    rasa = world.person(COORDINATOR, "Rasa")
    await rasa.presses("Atnaujinti")
    await rasa.presses("Įrašyta per klaidą")
    await rasa.presses("įrašyta per klaidą")

    await later(world, WEEK * 3)

    async with world.app.store.work() as work:
        status = (await work.connection.execute(text("SELECT status FROM referrals"))).scalar_one()
    assert status == "entered-in-error"
    assert times_asked(world, LT) == 0


async def test_nobody_is_asked_in_the_night_or_on_a_holiday(world: World) -> None:
    world.clock.advance(timedelta(days=31))  # 25 December: done on a holiday
    await finished_case(world, LT)

    await later(world, WEEK - timedelta(hours=1))
    await later(world, timedelta(hours=2))  # 1 January
    on_new_year = times_asked(world, LT)
    await later(world, timedelta(hours=16))  # the night to 2 January, which is a Saturday
    in_the_night = times_asked(world, LT)
    await later(world, timedelta(days=3, hours=6))

    assert (on_new_year, in_the_night) == (0, 0)
    assert times_asked(world, LT) == 1


async def test_a_question_the_bot_was_down_for_waits_for_the_next_working_hour(world: World) -> None:
    await finished_case(world, LT)

    await later(world, WEEK + timedelta(hours=12))  # due at noon, and it is night
    at_night = times_asked(world, LT)
    await later(world, timedelta(hours=10))

    assert at_night == 0
    assert times_asked(world, LT) == 1


async def test_not_yet_is_asked_about_once_more(world: World) -> None:
    person = await finished_case(world, LT)
    await later(world, WEEK + timedelta(hours=1))
    await person.presses("Dar ne")
    await later(world, WEEK)
    after_a_week = times_asked(world, LT)
    await later(world, WEEK + timedelta(hours=1))
    after_two = times_asked(world, LT)

    await person.presses("Dar ne")
    await later(world, WEEK * 9)

    assert (after_a_week, after_two, times_asked(world, LT)) == (1, 2, 2)
    assert await answers(world) == ["not-yet"]
    assert person.transcript.count("Ačiū, kad pasakėte.") == 2


async def test_the_first_clear_answer_stands(world: World) -> None:
    person = await finished_case(world, LT, about=True)
    await later(world, WEEK + timedelta(hours=1))
    shown, no = person.find_button("Ne")
    _shown, yes = person.find_button("Taip")

    for data in (yes, no, yes):
        await person.presses_data(data, shown)

    assert await answers(world) == ["yes"]
    async with world.app.store.work() as work:
        assert [each.said for each in await work.remarks.all()] == ["help-yes"]


async def test_nobody_answers_for_another_or_before_being_asked(world: World) -> None:
    person = await finished_case(world, LT)
    stranger = world.person(66, "Jonas")
    await stranger.says("/start")
    async with world.app.store.work() as work:
        key = (await work.connection.execute(text("SELECT id FROM referrals"))).scalar_one()
    data = f"fu:yes:{str(key).replace('-', '')}"

    await person.presses_data(data, person.screen)
    await later(world, WEEK + timedelta(hours=1))
    for forged in (data, data.replace("yes", "nonsense"), "fu:yes:" + "0" * 32):
        await stranger.presses_data(forged, stranger.screen)

    assert await answers(world) == [None]


async def test_two_loops_over_one_database_ask_once(world: World) -> None:
    await finished_case(world, LT)
    world.clock.advance(WEEK + timedelta(hours=1))
    async with world.app.store.work() as work:
        due = await work.follow_ups.due(world.clock.now(), 10)

    for _ in range(2):
        for each in due:
            await world.app.follow_ups._ask(each)
    await world.settle()

    assert times_asked(world, LT) == 1

"""The worker's own desk in every language: each screen as a text that people can read in a diff."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.language import gettext, speaking
from referrals.reference import check_sign
from referrals.referral import Urgency
from tests.conversations.steps import WORDS, Words, arrive, fill_form
from tests.conversations.test_desk import colleague, take
from tests.fakes.world import COORDINATOR, DESK, World
from tests.languages.test_transcripts import Writer, compare
from tests.storage.seeding import keep

PROVIDED = "child-day-centres"


def label(code: str, english: str) -> str:
    """A button in a language, up to what is filled in."""
    with speaking(code):
        return gettext(english).partition("{")[0]


def reference_of(number: int) -> str:
    """A reference like any other, the same in every run."""
    code = f"{2 + number // 8}22{2 + number % 8}"
    return f"ATR-{code}-{check_sign(code)}"


async def seed_queue(world: World) -> None:
    """Twelve requests of the city, of every age."""
    async with world.app.store.work() as work:
        for number in range(12):
            person = await work.persons.get_or_add(100 + number, world.clock.now())
            urgency = list(Urgency)[number % 3]
            at = world.clock.now() - timedelta(days=number * 2)
            await keep(work, person, reference=reference_of(number), urgency=urgency, at=at)
        await work.commit()


async def refer_about(world: World, words: Words, telegram_id: int, entry: str) -> None:
    """A person asks about an entry, with a name, a phone and a need."""
    person = await arrive(world, words, telegram_id)
    await person.presses_data(f"w:{entry}", person.screen)
    await fill_form(
        person, words, need="mama krito, reikia pagalbos namuose kasdien", phone="8 612 34567", name="Ona"
    )
    await person.presses(words.send)


async def desk_screens(world: World, code: str, writer: Writer) -> None:
    """The queue: pages, switches, a number that is typed."""
    say = partial(label, code)
    await seed_queue(world)
    rasa = await colleague(world, 11, "Rasa")
    await speak(world, 11, code)
    writer.add("/work", await rasa.says("/work"))
    writer.add("the queue", await rasa.presses(say("🗂 The queue ({count})")))
    writer.add("next", await rasa.presses(say("Next ▶️")))
    writer.add("what to see", await rasa.presses(say("🔎 Choose what to see")))
    writer.add("overdue", await rasa.presses(say("Overdue")))
    writer.add("kinds", await rasa.presses(say("Any kind of help")))
    await rasa.presses(rasa.screen.labels[0])
    writer.add("shown: nothing", await rasa.presses(say("Show")))
    writer.add(
        "shown: everything",
        await rasa.presses(say("🔎 Choose what to see")) and await rasa.presses(say("Show all")),
    )
    writer.add("a number that is not there", await rasa.says(f"2333{check_sign('2333')}"))
    writer.add("a number", await rasa.says(f"2222{check_sign('2222')}"))


async def speak(world: World, telegram_id: int, code: str) -> None:
    """Somebody reads the bot in a language."""
    async with world.app.store.work() as work:
        person = await work.persons.get_or_add(telegram_id, world.clock.now())
        person.language = code
        await work.persons.save(person)
        await work.commit()


async def case_screens(world: World, code: str, writer: Writer) -> None:
    """One case from taking to handing over; the person reads another language than the worker."""
    say, words = partial(label, code), WORDS["uk" if code == "lt" else "lt"]
    await refer_about(world, words, 5, PROVIDED)
    await refer_about(world, words, 6, PROVIDED)
    person = world.person(6, "Ona", words.code)
    rasa, mantas = await colleague(world, 11, "Rasa"), await colleague(world, 12, "Mantas")
    await speak(world, 11, code)
    await speak(world, 12, code)
    writer.add("the case", await take(world, rasa))
    writer.add("a note", await rasa.presses(say("📝 Note")))
    writer.add("a note is kept", await rasa.says("paskambinti po pietų"))
    writer.add("reply", await rasa.presses(say("✉️ Reply")))
    writer.add("own words", await rasa.says("Laba diena, ar galite ateiti rytoj?"))
    await rasa.presses(say("Choose again"))
    writer.add("ready replies", await rasa.presses(say("Waiting")))
    writer.add("a free place", await rasa.presses("3."))
    writer.add("filled", await rasa.says("2026-12-03"))
    writer.add("sent", await rasa.presses(say("Send")))
    writer.add("duplicate?", await rasa.presses(say("👯 Duplicate?")))
    writer.add("not the same", await rasa.presses(say("Not {reference}")))
    writer.add("refer onward", await rasa.presses(say("🔗 Refer onward")))
    writer.add("before the person is asked", await rasa.presses(rasa.screen.labels[0]))
    writer.add("the person is asked", await rasa.presses(say("Ask the person")))
    writer.add("person: the question", person.sees)
    writer.add("person: yes", await person.presses(label(words.code, "Yes, share it")))
    writer.add("worker: the answer", rasa.sees)
    writer.add("the text for the partner", await rasa.presses(say("📄 Text for {provider}")))
    await rasa.presses_data(rasa.screen.buttons[-1][0]["callback_data"], rasa.screen)
    writer.add("the history", await rasa.presses(say("🕘 What has happened ({count})")))
    await rasa.presses(say("Back to the case"))
    writer.add("to whom", await rasa.presses(say("🤝 Hand over")))
    await rasa.presses("Jonav" if code != "uk" else "Йонав")
    writer.add("to another desk", rasa.sees)
    await rasa.presses(say("Back to the case"))
    await rasa.presses(say("🤝 Hand over"))
    writer.add("to Mantas", await rasa.presses("Mantas"))
    writer.add("handed over", await rasa.presses(say("Yes, hand over")))
    writer.add("person: handed over", person.sees)
    writer.add("Mantas hears of it", mantas.sees)
    boss = world.person(COORDINATOR, "Vida")
    await boss.says("/work")
    await speak(world, COORDINATOR, code)
    data = mantas.screen.buttons[0][0]["callback_data"]
    await boss.presses_data(data, boss.screen)
    writer.add("coordinator: why", boss.sees)
    writer.add("coordinator: the case", await boss.presses(say("There is a complaint")))
    await boss.presses(say("🤝 Hand over"))
    await boss.presses("Jonav" if code != "uk" else "Йонав")
    writer.add("coordinator: handed to another desk", await boss.presses(say("Yes, hand over")))
    writer.add("person: another area", person.sees)
    writer.add("Mantas: taken away", mantas.sees)
    writer.add("the old card", world.telegram.chats[DESK][-2].transcript())
    writer.add("the new card", world.telegram.chats[DESK][-1].transcript())


@pytest.mark.parametrize("part", [desk_screens, case_screens], ids=lambda part: part.__name__)
@pytest.mark.parametrize("language", WORDS)
async def test_the_desk_is_as_it_was_read(world: World, language: str, part: object) -> None:
    writer = Writer()
    await part(world, language, writer)  # type: ignore[operator]  # one of the two above
    compare(writer, f"worker_{part.__name__}.{language}.txt")  # type: ignore[attr-defined]

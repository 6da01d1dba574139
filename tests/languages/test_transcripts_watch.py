"""The screens of the watch and the office in every language, as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.language import gettext, speaking
from referrals.person import Role
from referrals.referral import Details, ForWhom, Reach, Reason, Urgency
from tests.conversations.office import staff
from tests.conversations.steps import WORDS, Words, arrive
from tests.conversations.test_desk import colleague
from tests.conversations.test_watch import OPENING, hold, own, request, watch
from tests.fakes.clock import START
from tests.fakes.world import COORDINATOR, DESK, Actor, World
from tests.languages.test_transcripts import Writer, compare

SAYS = {
    "lt": {"away": "Pažymėti, kad nedirba", "yes": "Taip", "no": "Ne", "back": "Vėl dirba",
           "areas": "Vietovės", "remove": "Pašalinti", "away-me": "Taip, nedirbu",
           "service": "pagalba į namus", "found": "Pagalba į namus",
           "queue": "Laukiančiųjų eilė", "list": "Vietos ir eilės"},
    "en": {"away": "Mark as away", "yes": "Yes", "no": "No", "back": "Back at work", "areas": "Areas",
           "remove": "Remove", "away-me": "Yes, I am away", "service": "help at home",
           "found": "Help at home", "queue": "Waiting list", "list": "Waiting lists"},
    "uk": {"away": "Позначити, що не працює", "yes": "Так", "no": "Ні", "back": "Знову на роботі",
           "areas": "Місцевості", "remove": "Вилучити", "away-me": "Так, не працюю",
           "service": "допомога вдома", "found": "Допомога вдома",
           "queue": "Є черга", "list": "Місця й черги"},
}  # fmt: skip


async def reads(actor: Actor, words: Words) -> None:
    """Somebody chooses their language."""
    await actor.says("/start")
    await actor.presses(words.language)


async def watch_screens(world: World, words: Words, writer: Writer) -> None:
    """Every alert, the digest, the alarm."""
    rasa = await colleague(world, 11, "Rasa")
    await reads(rasa, words)
    await request(world, urgency=Urgency.ASAP)
    await watch(world)
    writer.add("new and pressing", rasa.sees)
    half = await request(world, urgency=Urgency.URGENT, number=1)
    async with world.app.store.work() as work:
        await work.connection.execute(
            text("UPDATE referrals SET crisis = 'violence' WHERE urgency = 'urgent'")
        )
        await work.commit()
    await watch(world)
    writer.add("signs of danger", rasa.sees)
    phone = Details(ForWhom.ME, Reach.PHONE, "lt", phone="+37061200000", may_call=True)
    held = await request(world, number=2, details=phone)
    await own(world, held, 11)
    async with world.app.store.work() as work:
        await work.persons.mark_reachable(502, reachable=False)
        await work.commit()
    await watch(world)
    writer.add("not reached", rasa.sees)
    await hold(world, held, 11, Reason.WAITING_FOR_PERSON)
    await watch(world, OPENING)
    writer.add("the desk's chat: the digest", world.telegram.chats[DESK][-3].transcript())
    await watch(world, START + timedelta(days=2, hours=1))
    writer.add("half of the time", "\n".join(
        each.transcript() for each in world.telegram.chats[11] if half.reference in each.text
    ))  # fmt: skip
    await watch(world, START + timedelta(days=15))
    writer.add("two weeks on hold", rasa.sees)


async def staff_screens(world: World, words: Words, writer: Writer) -> None:
    """Colleagues, being away, and a waiting list."""
    says, boss = SAYS[words.code], world.person(COORDINATOR, "Vida")
    await colleague(world, 11, "Rasa")
    await reads(boss, words)
    writer.add("/staff", await boss.says("/staff"))
    writer.add("a colleague", await boss.presses("Rasa"))
    await own(world, await request(world), 11)
    writer.add("away?", await boss.presses(says["away"]))
    writer.add("away", await boss.presses(says["yes"]))
    writer.add("areas", await boss.presses(says["back"]) and await boss.presses(says["areas"]))
    await boss.says("/staff")
    await boss.presses("Rasa")
    writer.add("remove?", await boss.presses(says["remove"]))
    writer.add("removed", await boss.presses(says["yes"]))
    writer.add("waiting lists", await boss.presses(says["list"]))
    writer.add("found", await boss.says(says["service"]))
    writer.add("a service", await boss.presses(says["found"]))
    writer.add("told", await boss.presses(says["queue"]))
    person = await arrive(world, words)
    await person.presses_data("e:help-at-home", person.screen)
    writer.add("person: the answer", person.sees)
    writer.add("person: the form", await person.presses(words.about_this))
    writer.add("/invite", await boss.says("/invite"))
    coordinator = {"lt": "Koordinatorius", "en": "Coordinator", "uk": "Координатор"}[words.code]
    shown, joined = await boss.presses(coordinator), world.person(31, "Ieva", words.code)
    link = next(word for word in shown.split() if word.startswith("https://"))
    writer.add("joined", await joined.opens(link))
    writer.add("/away", await boss.says("/away"))
    writer.add("/back", await boss.says("/back"))
    await own(world, await request(world, number=1), COORDINATOR)
    writer.add("/away with a case", await boss.says("/away"))
    writer.add("away with a case", await boss.presses(says["away-me"]))


async def home_screens(world: World, words: Words, writer: Writer) -> None:
    """/work as each role sees it, and whoever is away."""
    rasa = await colleague(world, 11, "Rasa")
    jurga = await staff(world, 23, "Jurga", Role.CURATOR)
    for actor in (rasa, jurga, world.person(COORDINATOR, "Vida")):
        await reads(actor, words)
        writer.add(f"{actor.name}: /work", await actor.says("/work"))
        writer.add(f"{actor.name}: /away", await actor.says("/away"))
        writer.add(f"{actor.name}: /work while away", await actor.says("/work"))
        with speaking(words.code):
            back = gettext("I am back at work")
        writer.add(f"{actor.name}: back", await actor.presses(back))


@pytest.mark.parametrize("part", [watch_screens, staff_screens, home_screens], ids=lambda part: part.__name__)
@pytest.mark.parametrize("language", WORDS)
async def test_the_screens_are_as_they_were_read(world: World, language: str, part: object) -> None:
    writer = Writer()
    await part(world, WORDS[language], writer)  # type: ignore[operator]
    compare(writer, f"{part.__name__}.{language}.txt")  # type: ignore[attr-defined]

"""Steps of those who look after the whole: colleagues by role, a case from question to end."""

from __future__ import annotations

from referrals.person import Role
from referrals.referral import Area
from tests.conversations.steps import Words, arrive, fill_form
from tests.conversations.test_desk import take
from tests.fakes.world import COORDINATOR, Actor, World

CODE = "45203140178"  # a personal code that fits, of nobody we know


async def staff(world: World, telegram_id: int, name: str, role: Role, area: str | None = None) -> Actor:
    """A colleague who joined by an invite."""
    async with world.app.store.work() as work:
        invite = await work.workers.invite(role, Area(area) if area else None, world.clock.now(), by=None)
        await work.commit()
    worker = world.person(telegram_id, name)
    await worker.opens(world.app.links.to_join(invite.token))
    return worker


async def finished_case(
    world: World, words: Words, telegram_id: int = 5, *, may_write: bool = True, about: bool = False
) -> Actor:
    """A person whose request was worked on and completed."""
    person = await arrive(world, words, telegram_id)
    if about:
        await person.says(words.question)
        await person.presses(words.about_this)
    else:
        await person.says("/worker")
    if may_write:
        await fill_form(person, words, name="Kanarėlė", need="canary-need-7351", phone="+370 612 73519")
    else:
        for label in (words.for_me, words.skip, words.area, words.skip, words.soon, words.chat, words.no):
            await person.presses(label)
        await person.presses(words.language)
        await person.presses(words.agree)
    await person.presses(words.send)
    rasa = world.person(COORDINATOR, "Rasa")
    await take(world, rasa)
    for label in ("Priimti", "Užbaigti"):
        await rasa.presses(label)
    return person

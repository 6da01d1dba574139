"""What a person may press: everything with an id is their own, and a second person's press does nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from sqlalchemy import select

from bot.buttons.case import AnswerPartner, short
from bot.buttons.followup import FollowedUp
from bot.buttons.form import Submit
from bot.buttons.mine import ChangeContact, MakeReceipt, ShowMessages, ShowReferral, Withdraw, WriteMessage
from bot.routing import make_dispatcher
from bot.views.partners import question
from referrals.message import write_to_person, write_to_worker
from referrals.onward import ask_person
from referrals.referral import PersonId, ReferralId
from referrals.storage import tables
from tests.conversations.steps import WORDS, arrive, fill_form
from tests.conversations.test_desk import colleague, take
from tests.fakes.clock import FakeClock
from tests.fakes.world import Actor, World
from tests.trust.test_rights import handlers

LT = WORDS["lt"]
SECRETS = ("anary", "canary", "612 34567", "ATR-")
STATE = ("referrals", "messages", "consents", "onward", "receipts", "follow_ups", "drafts", "feedback")
FIRST, SECOND = 5, 6


async def dump(world: World) -> dict[str, list[str]]:
    """Everything that belongs to somebody."""
    async with world.app.store.work() as work:
        return {
            name: sorted(map(repr, await work.connection.execute(select(tables.metadata.tables[name]))))
            for name in STATE
        }


async def play(world: World) -> tuple[dict[type[CallbackData], CallbackData], Actor]:
    """The first person has everything that has an id: messages, a question, a follow-up, a draft."""
    first = await arrive(world, LT, FIRST)
    await first.presses_data("w:child-day-centres", first.screen)
    await fill_form(first, LT, need="canary-need", phone="+370 612 34567", name="Canary")
    await first.presses(LT.send)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    async with world.app.store.work() as work:
        person, worker = await work.persons.find(FIRST), await work.workers.find(11)
        assert person is not None
        referral = (await work.referrals.of_person(person.id))[0]
        await write_to_worker(work, person, referral.id, "canary-message", now=world.clock.now())
        await write_to_person(work, worker, referral.id, "canary-answer", now=world.clock.now())
        onward = await ask_person(work, worker, referral.id, "canary-partner", now=world.clock.now())
        await work.follow_ups.plan(referral.id, world.clock.now())
        await work.follow_ups.claim(referral.id, world.clock.now() + timedelta(seconds=1))
        await work.commit()
    await first.says("/worker")
    async with world.app.store.work() as work:
        draft = await work.drafts.find(person.id)
    assert draft is not None
    digest = short(question(referral, "canary-partner").render()[0])
    key = referral.id
    made: list[CallbackData] = [
        ShowReferral(referral=key), Withdraw(referral=key), WriteMessage(referral=key),
        ShowMessages(referral=key), ChangeContact(referral=key), MakeReceipt(referral=key),
        FollowedUp(said="no", referral=key), Submit(draft=draft.id),
        AnswerPartner(answer="y", digest=digest, onward=onward.id),
    ]  # fmt: skip
    second = await arrive(world, LT, SECOND)
    return {type(each): each for each in made}, second


def kinds_with_ids() -> set[type[CallbackData]]:
    """The kinds of buttons of people that name something by its id."""
    dispatcher = make_dispatcher(FakeClock())
    resident = next(router for router in dispatcher.sub_routers if router.name == "resident")
    return {
        each.callback.callback_data
        for _name, handler in handlers(resident)
        for each in handler.filters or ()
        if isinstance(each.callback, CallbackQueryFilter)
        and any(field.annotation is UUID for field in each.callback.callback_data.model_fields.values())
    }


async def test_another_persons_buttons_change_nothing_and_read_nothing(world: World) -> None:
    buttons, second = await play(world)
    before = await dump(world)
    seen = len(world.telegram.chats[SECOND])

    for press in buttons.values():
        await second.presses_data(press.pack(), second.screen)
        await second.says("Laba diena")  # no press has opened a way to type for somebody else

    told = "\n".join(each.transcript() for each in world.telegram.chats[SECOND][seen:])
    assert buttons.keys() == kinds_with_ids()
    assert await dump(world) == before
    assert not [secret for secret in SECRETS if secret in told]
    assert told.count("Šis mygtukas") == len(buttons)


async def test_ones_own_buttons_do_what_they_say(world: World) -> None:
    buttons, _second = await play(world)
    first = world.person(FIRST)
    for press in buttons.values():
        if isinstance(press, Withdraw | Submit | FollowedUp):
            continue
        before = first.transcript
        await first.presses_data(press.pack(), first.screen)
        assert first.transcript != before
        assert "Šis mygtukas" not in first.sees


async def belongs_to(world: World, person: PersonId) -> None:
    """The referral is this person's now."""
    async with world.app.store.work() as work:
        await work.connection.execute(tables.referrals.update().values(person_id=person))
        await work.commit()


@pytest.mark.parametrize("opened", ["message", "contact"])
async def test_a_talk_that_names_anothers_request_is_not_believed(world: World, opened: str) -> None:
    buttons, second = await play(world)
    press = buttons[WriteMessage if opened == "message" else ChangeContact]
    referral_id = ReferralId(press.referral)  # type: ignore[attr-defined]
    async with world.app.store.work() as work:
        referral, person = await work.referrals.find(referral_id), await work.persons.find(SECOND)
    assert referral is not None
    assert person is not None
    await belongs_to(world, person.id)  # for the moment in which the talk begins
    await second.presses_data(press.pack(), second.screen)
    await belongs_to(world, referral.person_id)
    before = await dump(world)

    if opened == "message":
        await second.says("labas")
    else:
        for label in ("Tik šiame pokalbyje", "Taip", "Ne"):
            await second.presses(label)

    assert await dump(world) == before

"""What staff did stands in the records: one line for each act, by the action that does it."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from bot.buttons.queue import Desk, Page
from referrals.access import Act
from referrals.capacity import Capacity, Room, tell_capacity
from referrals.duplicates import dismiss, mark
from referrals.errors import ConsentMissing
from referrals.exports import Kind, ask_for_export, confirm_export
from referrals.handover import hand_to_area, hand_to_colleague
from referrals.message import note, write_to_person
from referrals.onward import ask_person, tell_partner
from referrals.person import Role
from referrals.queue import Wanted
from referrals.referral import Area, EntryId
from referrals.staffing import set_away
from referrals.storage import tables
from referrals.storage.work import UnitOfWork
from tests.conversations.office import staff
from tests.conversations.steps import WORDS, arrive, fill_form, refer
from tests.conversations.test_desk import colleague, take
from tests.fakes.world import COORDINATOR, World
from tests.storage.seeding import keep

CITY, JONAVA = Area("kaunas-city"), Area("jonava-district")
LT = WORDS["lt"]


async def acts(work: UnitOfWork) -> Counter[str]:
    """How often each thing was done."""
    rows = await work.connection.execute(select(tables.records.c.act).where(tables.records.c.allowed))
    return Counter(str(row.act) for row in rows)


async def new_acts(world: World, before: Counter[str]) -> Counter[str]:
    """What was done since."""
    async with world.app.store.work() as work:
        return await acts(work) - before


async def test_every_act_with_a_case_is_one_line(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT, name="Ona")
    await person.presses(LT.send)
    rasa = await colleague(world, 11, "Rasa")
    await colleague(world, 12, "Mantas")
    await take(world, rasa)
    now = world.clock.now()
    async with world.app.store.work() as work:
        worker, other = await work.workers.find(11), await work.workers.find(12)
        somebody = await work.persons.get_or_add(77, now)
        assert other is not None
        case = (await work.referrals.queue())[0]
        twin = await keep(work, somebody)
        before = await acts(work)

        await write_to_person(work, worker, case.id, "hello", now=now)
        await note(work, worker, case.id, "a remark", now=now)
        onward = await ask_person(work, worker, case.id, "partner", now=now)
        with pytest.raises(ConsentMissing):
            await tell_partner(work, worker, onward.id, now=now)
        await dismiss(work, worker, case.id, twin, now=now)
        await hand_to_colleague(work, worker, case.id, other.id, now=now)
        await mark(work, other, case.id, twin, now=now)
        done = await acts(work) - before

    assert done == {
        Act.REPLY: 1, Act.NOTE: 1, Act.REFER_ONWARD: 1, Act.HAND_OVER: 1, Act.MARK_DUPLICATE: 2,
    }  # fmt: skip


async def test_every_act_with_the_whole_is_one_line(world: World) -> None:
    await refer(world, LT)
    await staff(world, 901, "Mantas", Role.COORDINATOR, CITY)
    rasa = await colleague(world, 11, "Rasa")
    await rasa.says("/work")
    now = world.clock.now()
    async with world.app.store.work() as work:
        boss, second = await work.workers.find(COORDINATOR), await work.workers.find(901)
        worker = await work.workers.find(11)
        assert worker is not None
        before = await acts(work)

        await hand_to_area(work, boss, (await work.referrals.queue())[0].id, JONAVA, now=now)
        export = await ask_for_export(work, boss, kind=Kind.CSV, area=CITY, with_names=True, now=now)
        await confirm_export(work, second, export.id, now=now)
        await tell_capacity(work, boss, Room(EntryId("help-at-home"), CITY, Capacity.FULL, now))
        await set_away(work, boss, worker.id, away=True, now=now)
        done = await acts(work) - before

    assert done == {
        Act.HAND_OVER: 1, Act.EXPORT: 1, Act.CONFIRM_EXPORT: 1, Act.SET_CAPACITY: 1, Act.MANAGE_STAFF: 1,
    }  # fmt: skip


async def test_the_queue_is_recorded_when_it_is_opened_and_not_for_each_page(world: World) -> None:
    await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    await rasa.says("/work")
    async with world.app.store.work() as work:
        before = await acts(work)
        boss = await work.workers.find(COORDINATOR)
        assert boss is not None
        case = (await work.queue.page(None, Wanted(), me=boss.id, now=world.clock.now(), limit=1))[0]

    await rasa.presses("Eilė")
    opened = await new_acts(world, before)
    for press in (
        Page.of("n", case.position),
        Page.of("b", case.position),
        Desk(to="sift"),
        Desk(to="kinds"),
    ):
        await rasa.presses_data(press.pack(), rasa.screen)

    assert opened == {Act.LIST: 1}
    assert await new_acts(world, before) == opened

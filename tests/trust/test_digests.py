"""Who was deleted cannot be found again by their account, not even by whoever has the keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation import talks_of
from knowledge.library import Library
from referrals.storage.tables import metadata
from referrals.storage.traces import Traces
from tests.fakes.world import COORDINATOR, Actor, World, make_world
from tests.trust.test_erasure import ACCOUNT, delete_all, tell_everything

KINDS = ("telegram", "lane", "chat", "tries-receipt")
STAY = {"erasures", "records"}


async def holders(world: World) -> set[str]:
    """The tables in which some cell is one of the account's digests, or the key of its row."""
    async with world.app.store.work() as work:
        digests: set[object] = {work.cells.blind(kind, ACCOUNT) for kind in KINDS}
        keys = talks_of(world.app.bot.id, ACCOUNT)
        digests |= {work.cells.blind("conversation", key) for key in keys}
        digests |= {work.cells.blind("phone", "+37061273519")}
        return {
            table.name
            for table in metadata.sorted_tables
            for row in (await work.connection.execute(select(table))).all()
            if digests & {cell for cell in row if isinstance(cell, bytes)}
        }


async def everywhere(world: World) -> Actor:
    """A person of whom there is something in every table: also a wrong code, and a try at the desk."""
    person = await tell_everything(world)
    await person.says("/work")
    await person.says("/code")
    await person.says("1234 5678 9012 3456")
    return person


async def test_no_digest_of_an_account_is_left_but_in_the_records(
    database_url: str, library: Library
) -> None:
    async with make_world(database_url, library) as world:
        person = await everywhere(world)
        before = await holders(world)
        await delete_all(person)
        world.clock.advance(timedelta(seconds=30))
        await world.app.sweeper.round()
        after = await holders(world)
        world.clock.advance(timedelta(days=1, hours=1))
        await world.app.sweeper.round()
        next_day = await holders(world)

    assert before >= {"persons", "inbox", "outbox", "conversations", "referrals", "records"}
    # Wrong codes are counted for a day, also of who is gone: else deleting would let them guess on.
    assert after <= STAY | {"tries"}
    assert next_day <= STAY


async def test_what_waited_for_an_open_request_goes_with_it(database_url: str, library: Library) -> None:
    async with make_world(database_url, library) as world:
        person = await everywhere(world)
        await person.says("/delete")
        await person.presses("Ištrinti kita")
        waiting = await holders(world)
        await person.presses("Taip, ištrinti")
        await world.person(COORDINATOR, "Rasa").presses("Priimti")
        world.clock.advance(timedelta(days=31))
        await world.app.sweep()
        after = await holders(world)

    assert "persons" in waiting
    assert after <= STAY


async def test_an_account_that_leaves_traces_would_be_caught(
    sqlite_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forget(_self: Traces, _chat_id: int) -> None: ...

    monkeypatch.setattr(Traces, "forget", forget)

    async with make_world(sqlite_url, library) as world:
        await delete_all(await everywhere(world))
        after = await holders(world)

    assert {"inbox", "outbox"} <= after

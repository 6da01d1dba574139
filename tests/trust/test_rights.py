"""Who may press what: every handler of staff, by everybody, from the dispatcher itself.

A handler that `TABLE` does not list fails the first test. Whoever is not named in a row is refused: nothing
changes, nothing that a person told is shown, and one refusal is recorded.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, select

from bot.buttons.desk import Decide, InviteRole, ShowCase, Take
from bot.buttons.office import Colleague, Office, RoomOf, ServeArea
from bot.conversation import ConversationStorage
from bot.routing import make_dispatcher
from bot.staff.capacity import Telling
from knowledge.library import Library
from referrals import actions
from referrals.message import note, write_to_worker
from referrals.person import Role
from referrals.referral import Area
from referrals.storage import tables
from referrals.storage.keyring import Keyring
from referrals.storage.work import joined
from tests.conversations.steps import WORDS, arrive, fill_form
from tests.conversations.test_desk import take
from tests.fakes.clock import FakeClock
from tests.fakes.telegram import Shown
from tests.fakes.world import Actor, World, make_world

KEYS = Keyring.parse(Keyring.generate())
LT = WORDS["lt"]
SECRETS = ("anarėl", "canary", "612 73519", "61273519")
CITY, JONAVA = "kaunas-city", "jonava-district"
STATE = ("referrals", "messages", "notes", "workers", "invites", "capacity", "onward", "exports", "questions")

STRANGER, RESIDENT, REMOVED, CURATOR = "stranger", "resident", "removed worker", "curator"
WORKER, OWNER, OTHER = "worker of the area", "owner", "worker of another area"
BOSS, OTHER_BOSS = "coordinator of the area", "coordinator of another area"
PEOPLE = {
    STRANGER: 60, RESIDENT: 5, REMOVED: 14, CURATOR: 23, WORKER: 12, OWNER: 11, OTHER: 13, BOSS: 21,
    OTHER_BOSS: 22,
}  # fmt: skip
STAFF = (WORKER, OWNER, OTHER, BOSS, OTHER_BOSS, CURATOR)


@dataclass
class Scene:
    """The world with two cases: `taken` is its owner's, `free` is nobody's yet."""

    world: World
    ids: dict[str, UUID]

    def actor(self, who: str) -> Actor:
        """One of the people."""
        return self.world.person(PEOPLE[who], who)

    async def presses(self, who: str, press: CallbackData | str) -> None:
        """A press with this data in the private chat, as a program of one's own can send it."""
        data = press if isinstance(press, str) else press.pack()
        shown = Shown(1, PEOPLE[who], "", [])
        await self.actor(who).presses_data(data, shown)

    async def is_in(self, who: str, state: State) -> None:
        """What is typed next belongs to a form."""
        storage = ConversationStorage(self.world.clock)
        key = StorageKey(bot_id=self.world.app.bot.id, chat_id=PEOPLE[who], user_id=PEOPLE[who])
        async with self.world.app.store.work() as work:
            with joined(work):
                await storage.set_state(key, state)
            await work.commit()

    async def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that an act could change."""
        async with self.world.app.store.work() as work:
            return {
                name: sorted(
                    (
                        tuple(row)
                        for row in await work.connection.execute(select(tables.metadata.tables[name]))
                    ),
                    key=repr,
                )
                for name in STATE
            }

    async def refusals(self) -> int:
        """How many are recorded."""
        query = select(func.count()).where(tables.records.c.allowed.is_(False))
        async with self.world.app.store.work() as work:
            return int((await work.connection.execute(query)).scalar_one())

    def forget(self) -> None:
        """What was shown so far is read."""
        self.world.telegram.chats.clear()
        self.world.telegram.toasts.clear()

    def said(self) -> str:
        """Everything that anybody was shown since."""
        shown = [each.transcript() for chat in self.world.telegram.chats.values() for each in chat]
        return "\n".join([*shown, *(f"{toast.text} {toast.url}" for toast in self.world.telegram.toasts)])


Act = Callable[[Scene, str], Awaitable[None]]


def press(make: Callable[[Scene], CallbackData]) -> Act:
    """An act that is a press."""

    async def act(scene: Scene, who: str) -> None:
        await scene.presses(who, make(scene))

    return act


def says(text: Callable[[Scene], str] | str, *, state: State | None = None) -> Act:
    """An act that is a text."""

    async def act(scene: Scene, who: str) -> None:
        if state is not None:
            await scene.is_in(who, state)
        await scene.actor(who).sends(text=text if isinstance(text, str) else text(scene))

    return act


@dataclass(frozen=True)
class Row:
    """An act of a handler, who may do it, and who is told something harmless instead of being refused."""

    act: Act
    may: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    name: str = field(default="")


def colleague(do: str) -> Row:
    """Something with the worker of the area."""
    return Row(press(lambda scene: Colleague(do=do, worker=scene.ids[WORKER])), (BOSS,), name=do)


TABLE: dict[str, list[Row]] = {
    "desk.open_by_link": [
        Row(says(lambda scene: f"/start case_{scene.ids['taken'].hex}"), (OWNER, BOSS), (WORKER,))
    ],
    "desk.own_cases": [Row(says("/work"), STAFF), Row(says("/start desk"), STAFF, name="by link")],
    "desk.take_case": [Row(press(lambda scene: Take(referral=scene.ids["free"])), (WORKER, OWNER, BOSS))],
    "desk.show_case": [
        Row(press(lambda scene: ShowCase(referral=scene.ids["taken"])), (OWNER, BOSS), (WORKER,))
    ],
    "desk.decide_case": [
        Row(press(lambda scene: Decide(to="accepted", referral=scene.ids["taken"])), (OWNER, BOSS)),
        Row(
            press(lambda scene: Decide(to="rejected", referral=scene.ids["taken"])), (OWNER, BOSS), name="why"
        ),
        Row(
            press(lambda scene: Decide(to="requested", referral=scene.ids["taken"])),
            (OWNER, BOSS),
            name="back",
        ),
    ],
    "people.join": [Row(says("/start join_nonsense"), (), tuple(PEOPLE))],
    "people.invite": [Row(says("/invite"), (BOSS, OTHER_BOSS))],
    "people.make_invite": [
        Row(press(lambda _scene: InviteRole(role="worker", area=CITY)), (BOSS,)),
        Row(press(lambda _scene: InviteRole(role="coordinator", area=CITY)), (BOSS,), name="coordinator"),
        Row(press(lambda _scene: InviteRole(role="coordinator")), (), name="coordinator of all"),
        Row(press(lambda _scene: InviteRole(role="curator")), (BOSS, OTHER_BOSS), name="curator"),
    ],
    "colleagues.staff": [
        Row(says("/staff"), (BOSS, OTHER_BOSS)),
        Row(press(lambda _scene: Office(to="staff")), (BOSS, OTHER_BOSS), name="pressed"),
    ],
    "colleagues.away": [Row(says("/away"), STAFF)],
    "colleagues.back": [Row(says("/back"), STAFF)],
    "colleagues.away_surely": [Row(press(lambda _scene: Office(to="away")), STAFF)],
    "colleagues.change": [
        colleague(do) for do in ("show", "areas", "away", "away-surely", "back", "remove", "remove-surely")
    ],
    "colleagues.serve": [
        Row(press(lambda scene: ServeArea(area=CITY, worker=scene.ids[WORKER])), (BOSS,)),
        Row(press(lambda scene: ServeArea(area=JONAVA, worker=scene.ids[WORKER])), (), name="not theirs"),
    ],
    "capacity.capacity": [Row(says("/capacity"), (BOSS, OTHER_BOSS))],
    "capacity.ask_service": [Row(press(lambda _scene: Office(to="capacity")), (BOSS, OTHER_BOSS))],
    "capacity.search": [Row(says("pagalba namuose", state=Telling.service), (BOSS, OTHER_BOSS))],
    "capacity.tell": [Row(press(lambda _scene: RoomOf(entry=ENTRY, area=CITY, room="w")), (BOSS,))],
}
ENTRY = "help-at-home"
ROWS = [(handler, row) for handler, rows in TABLE.items() for row in rows]
NAMES = [f"{handler} {row.name}".strip() for handler, row in ROWS]


def handlers(router: Router) -> Iterator[tuple[str, HandlerObject]]:
    """Every handler of a message or a press below a router, with its name in the table."""
    for observer in (router.message, router.edited_message, router.callback_query):
        for handler in observer.handlers:
            yield f"{handler.callback.__module__.rpartition('.')[2]}.{handler.callback.__name__}", handler
    for below in router.sub_routers:
        yield from handlers(below)


def of_staff(dispatcher: Dispatcher) -> list[tuple[str, HandlerObject]]:
    """The handlers that are not for everybody."""
    found = []
    for router in dispatcher.sub_routers:
        is_for_all = router.name in {"resident", "sos"}
        for name, handler in handlers(router):
            if not is_for_all or handler.callback.__module__.startswith("bot.staff"):
                found.append((name, handler))
    return found


def presses_of_staff() -> list[type[CallbackData]]:
    """The kinds of buttons that staff press."""
    kinds = {
        each.callback.callback_data
        for _name, handler in of_staff(make_dispatcher(FakeClock()))
        for each in handler.filters or ()
        if isinstance(each.callback, CallbackQueryFilter)
    }
    return sorted(kinds, key=lambda kind: kind.__prefix__)


async def build(path: Path, library: Library) -> dict[str, UUID]:
    """The scene, played once; a copy of its database is each test's own."""
    async with make_world(f"sqlite:///{path}", library, keyring=KEYS) as world:
        for telegram_id in (PEOPLE[RESIDENT], 7):
            person = await arrive(world, LT, telegram_id)
            await person.says("/worker")
            await fill_form(person, LT, need="canary-need", phone="+370 612 73519", name="Kanarėlė")
            await person.presses(LT.send)
        for who, role, area in (
            (OWNER, Role.WORKER, CITY), (WORKER, Role.WORKER, CITY), (OTHER, Role.WORKER, JONAVA),
            (REMOVED, Role.WORKER, CITY), (BOSS, Role.COORDINATOR, CITY),
            (OTHER_BOSS, Role.COORDINATOR, JONAVA), (CURATOR, Role.CURATOR, None),
        ):  # fmt: skip
            async with world.app.store.work() as work:
                made = await work.workers.invite(
                    role, Area(area) if area else None, world.clock.now(), by=None
                )
                await work.commit()
            await world.person(PEOPLE[who], who).opens(world.app.links.to_join(made.token))
        await take(world, world.person(PEOPLE[OWNER], OWNER))
        return await finish(world)


async def finish(world: World) -> dict[str, UUID]:
    """A message, a note, a removal; the ids of everything."""
    now = world.clock.now()
    async with world.app.store.work() as work:
        ids: dict[str, UUID] = {}
        for who in STAFF:
            found = await work.workers.find(PEOPLE[who])
            assert found is not None
            ids[who] = found.id
        owner, removed = await work.workers.find(PEOPLE[OWNER]), await work.workers.find(PEOPLE[REMOVED])
        assert owner is not None
        assert removed is not None
        await work.staff.remove(removed)
        for referral in await work.referrals.queue():
            ids["free" if referral.owner is None else "taken"] = referral.id
            person = await work.persons.get(referral.person_id)
            ids["person"] = person.id
            await write_to_worker(work, person, referral.id, "canary-message", now=now)
            if referral.owner is not None:
                await note(work, owner, referral.id, "canary-note", now=now)
        await work.commit()
    return ids


BUILT: dict[str, UUID] = {}


@pytest.fixture
async def scene(
    tmp_path: Path, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Scene]:
    """A copy of the scene in a world of its own."""
    original = tmp_path_factory.getbasetemp() / "rights.db"
    if not BUILT:
        BUILT.update(await build(original, library))
    copy = tmp_path / "copy.db"
    shutil.copy(original, copy)
    async with make_world(f"sqlite:///{copy}", library, keyring=KEYS) as world:
        world._updates = count(10_000)  # the copy has seen the first ones
        yield Scene(world, BUILT)


def test_every_handler_of_staff_is_listed() -> None:
    found = {name for name, _handler in of_staff(make_dispatcher(FakeClock()))}

    assert found == set(TABLE)


async def check(scene: Scene, row: Row, who: str) -> None:
    """One of the people does what the row says."""
    before, refused = await scene.dump(), await scene.refusals()
    scene.forget()

    await row.act(scene, who)

    more = await scene.refusals() - refused
    if who in row.may:
        assert more == 0
        assert scene.said()
        return
    assert await scene.dump() == before
    assert not [secret for secret in SECRETS if secret in scene.said()]
    assert more == (0 if who in row.harmless else 1)


@pytest.mark.parametrize(("handler", "row"), ROWS, ids=NAMES)
async def test_whoever_is_not_named_is_refused(scene: Scene, handler: str, row: Row) -> None:
    assert handler in TABLE
    for who in sorted(PEOPLE, key=lambda each: each in row.may):  # who may, last: what they do stays done
        await check(scene, row, who)


async def test_a_door_left_open_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "require", lambda worker, _act, _referral=None: worker)
    for handler in ("desk.show_case", "desk.decide_case"):
        with pytest.raises(AssertionError):
            await check(scene, TABLE[handler][0], OTHER)


def test_a_handler_that_nobody_listed_is_found() -> None:
    dispatcher, router = make_dispatcher(FakeClock()), Router(name="new")
    router.message.register(build)
    dispatcher.include_router(router)

    assert {name for name, _handler in of_staff(dispatcher)} - set(TABLE) == {"test_rights.build"}


def forged(kind: type[CallbackData], ids: dict[str, UUID]) -> Iterator[str]:
    """Data that no button of ours has: ids of nothing and of other things, words that mean nothing."""
    is_id = {name: each.annotation is UUID for name, each in kind.model_fields.items()}
    for wrong in (uuid4(), ids["person"], ids[CURATOR] if "referral" in is_id else ids["taken"]):
        for word in ("nonsense", "", "remove-surely"):
            values = {name: wrong if has_id else word for name, has_id in is_id.items()}
            yield kind(**values).pack()
    yield from (f"{kind.__prefix__}{rest}" for rest in ("", ":", "::", ":::", ":a:b:c:d:e", ":'; --", ":\0"))


@pytest.mark.parametrize("who", PEOPLE)
async def test_forged_buttons_change_nothing_and_break_nothing(scene: Scene, who: str) -> None:
    before = await scene.dump()

    for kind in presses_of_staff():
        for data in forged(kind, scene.ids):
            await scene.presses(who, data)

    async with scene.world.app.store.work() as work:
        counts = await work.inbox.counts()
    assert await scene.dump() == before
    assert not [secret for secret in SECRETS if secret in scene.said()]
    assert set(counts) == {"done"}

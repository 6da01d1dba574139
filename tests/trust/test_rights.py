"""Who may press what: every handler of staff, by everybody, from the dispatcher itself.

A handler that no table lists fails the first test. Whoever is not named in a row is refused: nothing
changes, nothing that a person told is shown, and one refusal is recorded. `DESK_TABLE` has what is done with
cases, `OFFICE_TABLE` what is done with the whole.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
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

from bot.buttons.case import CaseDo, OpenPartner, short
from bot.buttons.curator import MarkGroup, Remarks, SeeRemarks, ShowGroup, ShowRemarks, Unanswered
from bot.buttons.desk import Decide, InviteRole, ShowCase, Take
from bot.buttons.exports import ConfirmExport, ExportArea, MakeExport
from bot.buttons.office import Colleague, Office, RoomOf, ServeArea
from bot.buttons.privacy import Hold
from bot.buttons.queue import Desk, Page, Sift
from bot.conversation import ConversationStorage
from bot.routing import make_dispatcher
from bot.staff.capacity import Telling
from bot.staff.memory import AtDesk, Writing
from bot.views.templates import TEMPLATES
from knowledge.library import Library
from referrals import actions
from referrals.asked import Question
from referrals.consent import Consent, Notice, Purpose
from referrals.exports import Export, Kind
from referrals.message import note, write_to_worker
from referrals.onward import Onward
from referrals.person import Role
from referrals.referral import Area, EntryId, Referral, ReferralId, WorkerId
from referrals.storage import tables
from referrals.storage.keyring import Keyring
from referrals.storage.work import UnitOfWork, joined
from tests.conversations.steps import WORDS, arrive, fill_form
from tests.conversations.test_desk import take
from tests.fakes.clock import FakeClock
from tests.fakes.telegram import Shown
from tests.fakes.world import COORDINATOR, DESK, Actor, World, make_world

KEYS = Keyring.parse(Keyring.generate())
LT = WORDS["lt"]
ENTRY, PARTNERS_GIVE = "help-at-home", "child-day-centres"
SECRETS = ("anarėl", "canary", "612 73519", "61273519")
ASKED = "zxcvb qwrtp"  # an unanswered question, for whoever answers for the content
CITY, JONAVA = "kaunas-city", "jonava-district"
STATE = (
    "referrals", "changes", "messages", "notes", "workers", "invites", "capacity", "onward", "consents",
    "exports", "questions", "feedback",
)  # fmt: skip

STRANGER, RESIDENT, REMOVED, CURATOR = "stranger", "resident", "removed worker", "curator"
WORKER, OWNER, OTHER = "worker of the area", "owner", "worker of another area"
BOSS, OTHER_BOSS = "coordinator of the area", "coordinator of another area"
PEOPLE = {
    STRANGER: 60, RESIDENT: 5, REMOVED: 14, CURATOR: 23, WORKER: 12, OWNER: 11, OTHER: 13, BOSS: 21,
    OTHER_BOSS: 22,
}  # fmt: skip
BOUNDLESS = "coordinator of all areas"
ANYBODY = PEOPLE | {BOUNDLESS: COORDINATOR}
STAFF = (WORKER, OWNER, OTHER, BOSS, OTHER_BOSS, CURATOR)
AT_CASES = (WORKER, OWNER, OTHER, BOSS, OTHER_BOSS)
OF_CONTENT = (BOSS, OTHER_BOSS, CURATOR)


@dataclass
class Scene:
    """The world with two cases: `taken` is its owner's, `free` is nobody's yet."""

    world: World
    ids: dict[str, UUID]
    names: dict[str, str]

    def actor(self, who: str) -> Actor:
        """One of the people."""
        return self.world.person(ANYBODY[who], who)

    async def presses(self, who: str, press: CallbackData | str, *, chat: int | None = None) -> None:
        """A press with this data in the private chat, as a program of one's own can send it."""
        data = press if isinstance(press, str) else press.pack()
        shown = Shown(1, chat or ANYBODY[who], "", [])
        await self.actor(who).presses_data(data, shown)

    async def is_in(self, who: str, state: State, **kept: str) -> None:
        """What is typed next belongs to a form, or to the taken case."""
        storage = ConversationStorage(self.world.clock)
        key = StorageKey(bot_id=self.world.app.bot.id, chat_id=ANYBODY[who], user_id=ANYBODY[who])
        async with self.world.app.store.work() as work:
            with joined(work):
                await storage.set_state(key, state)
                await storage.set_data(key, {"desk": {"case": self.ids["taken"].hex, **kept}})
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


def press(make: Callable[[Scene], CallbackData], *, state: State | None = None, **kept: str) -> Act:
    """An act that is a press."""

    async def act(scene: Scene, who: str) -> None:
        if state is not None:
            await scene.is_in(who, state, **kept)
        await scene.presses(who, make(scene))

    act.made = make  # type: ignore[attr-defined]
    return act


def says(text: Callable[[Scene], str] | str, *, state: State | None = None, **kept: str) -> Act:
    """An act that is a text."""

    async def act(scene: Scene, who: str) -> None:
        if state is not None:
            await scene.is_in(who, state, **kept)
        await scene.actor(who).sends(text=text if isinstance(text, str) else text(scene))

    return act


@dataclass(frozen=True)
class Row:
    """An act of a handler, who may do it, and who is told something harmless instead of being refused."""

    act: Act
    may: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    name: str = field(default="")

    @property
    def made(self) -> Callable[[Scene], CallbackData] | None:
        """What makes the button's data, if the act is a press."""
        return getattr(self.act, "made", None)


def colleague(do: str) -> Row:
    """Something with the worker of the area."""
    return Row(press(lambda scene: Colleague(do=do, worker=scene.ids[WORKER])), (BOSS,), name=do)


def case(do: str, value: str = "", *, harmless: tuple[str, ...] = (), of: str = "", **kept: str) -> Row:
    """Something with the taken case; the value is as it stands, or stands for something of the scene."""

    def made(scene: Scene) -> CaseDo:
        of_what = scene.names.get(of) or scene.ids.get(of)
        return CaseDo(do=do, referral=scene.ids["taken"], value=short(of_what) if of_what else value)

    state = AtDesk.queue if kept else None
    return Row(press(made, state=state, **kept), (OWNER, BOSS), harmless, name=f"{do} {value}")


READY = next(name for name, template in TEMPLATES.items() if not template.slot)
WITH_SLOT = next(name for name, template in TEMPLATES.items() if template.slot)
PAGE = Page(way="n", rank=0, at=0, id=UUID(int=0))

CASES: dict[str, list[Row]] = {
    "queue.home": [Row(says("/work"), STAFF), Row(says("/start desk"), STAFF, name="by link")],
    "queue.go": [
        Row(press(lambda _scene, to=to: Desk(to=to)), AT_CASES, name=to)  # type: ignore[misc]
        for to in ("home", "all", "mine", "queue", "sift", "kinds", "clear")
    ],
    "queue.turn": [Row(press(lambda _scene: PAGE), AT_CASES)],
    "queue.sift": [
        Row(press(lambda _scene: Sift(by="overdue", value="on")), AT_CASES),
        Row(press(lambda _scene: Sift(by="area", value=CITY)), AT_CASES, name="area"),
    ],
    "queue.find": [
        Row(says(lambda scene: scene.names["reference"], state=AtDesk.queue), (OWNER, BOSS, WORKER))
    ],
    "casework.say_why": [case("why", "quality", harmless=(WORKER,))],
    "casework.show_history": [case("history")],
    "casework.begin_note": [case("note")],
    "casework.write_note": [Row(says("a remark", state=Writing.note), (OWNER, BOSS))],
    "replying.begin": [case("reply")],
    "replying.show_group": [case("group", TEMPLATES[READY].group)],
    "replying.choose": [case("ready", READY), case("ready", WITH_SLOT)],
    "replying.send": [case("send", short("hello"), text="hello"), case("send", short("hello"))],
    "replying.write": [Row(says("hello", state=Writing.reply), (OWNER, BOSS))],
    "replying.fill": [Row(says("hello", state=Writing.slot, template=WITH_SLOT), (OWNER, BOSS))],
    "handing.choose": [case("over")],
    "handing.ask_colleague": [case("to", of=WORKER)],
    "handing.give_to_colleague": [case("to!", of=WORKER)],
    "handing.ask_area": [case("area", JONAVA)],
    "handing.give_to_area": [case("area!", JONAVA)],
    "partners.choose": [case("onward")],
    "partners.ask_first": [case("partner", of="partner")],
    "partners.ask": [case("ask", of="partner")],
    "partners.show_text": [
        Row(press(lambda scene: OpenPartner(onward=scene.ids["asked"])), (OWNER, BOSS), name="no yes"),
        Row(press(lambda scene: OpenPartner(onward=scene.ids["agreed"])), (OWNER, BOSS), name="a yes"),
    ],
    "twins.show": [case("twins")],
    "twins.mark_it": [case("same", of="free")],
    "twins.dismiss_it": [case("other", of="free")],
}

CONTENT: dict[str, list[Row]] = {
    "curator.begin": [Row(says("/unanswered"), OF_CONTENT)],
    "curator.turn": [Row(press(lambda _scene: Unanswered(page=1)), OF_CONTENT)],
    "curator.show": [Row(press(lambda scene: ShowGroup(question=scene.ids["question"])), OF_CONTENT)],
    "curator.mark": [
        Row(press(lambda scene: MarkGroup(question=scene.ids["question"], to="to-write")), OF_CONTENT)
    ],
    "feedback.begin": [Row(says("/feedback"), OF_CONTENT)],
    "feedback.turn": [Row(press(lambda _scene: Remarks(page=1)), OF_CONTENT)],
    "feedback.show": [Row(press(lambda _scene: ShowRemarks(entry=ENTRY)), OF_CONTENT)],
    "feedback.see": [Row(press(lambda _scene: SeeRemarks(entry=ENTRY, until=2**33)), OF_CONTENT)],
    "statistics.show": [Row(says("/stats"), OF_CONTENT)],
}

EXPORTS: dict[str, list[Row]] = {
    "exports.begin": [Row(says("/export"), (BOSS, OTHER_BOSS))],
    "exports.choose": [
        Row(press(lambda _scene: ExportArea(area=CITY)), (BOSS,)),
        Row(press(lambda _scene: ExportArea(area="unknown")), (), name="no area"),
    ],
    "exports.make": [
        Row(press(lambda _scene: MakeExport(area=CITY, kind="csv", with_names=False)), (BOSS,)),
        Row(
            press(lambda _scene: MakeExport(area=CITY, kind="xlsx", with_names=True)),
            (BOSS,),
            name="with names",
        ),
    ],
    "exports.confirm": [
        Row(press(lambda scene: ConfirmExport(export=scene.ids["their export"])), (BOSS,)),
        Row(press(lambda scene: ConfirmExport(export=scene.ids["own export"])), (), name="one's own"),
    ],
}

OFFICE: dict[str, list[Row]] = {
    "desk.open_by_link": [
        Row(says(lambda scene: f"/start case_{scene.ids['taken'].hex}"), (OWNER, BOSS), (WORKER,))
    ],
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
    "holding.ask": [Row(says("/hold"), (BOSS, OTHER_BOSS))],
    "holding.set_mark": [Row(press(lambda scene: Hold(referral=scene.ids["taken"], held=True)), (BOSS,))],
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
    "colleagues.back": [
        Row(says("/back"), STAFF),
        Row(press(lambda _scene: Office(to="back")), STAFF, name="pressed"),
    ],
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
TABLE = OFFICE | CASES | CONTENT | EXPORTS
ROWS = [(handler, row) for handler, rows in TABLE.items() for row in rows]
NAMES = [f"{handler} {row.name}".strip() for handler, row in ROWS]
ALLOWED = [(row, who) for _handler, row in ROWS for who in row.may]
ALLOWED_NAMES = [
    f"{name}: {who}" for (_handler, row), name in zip(ROWS, NAMES, strict=True) for who in row.may
]


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


async def build(path: Path, library: Library) -> tuple[dict[str, UUID], dict[str, str]]:
    """The scene, played once; a copy of its database is each test's own."""
    async with make_world(f"sqlite:///{path}", library, keyring=KEYS) as world:
        for telegram_id in (PEOPLE[RESIDENT], 7):
            person = await arrive(world, LT, telegram_id)
            await person.presses_data(f"w:{PARTNERS_GIVE}", person.screen)
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
        await world.person(COORDINATOR, BOUNDLESS).says("/staff")  # names are kept when somebody first writes
        providers = library.content.providers.items()
        partner = next(
            name for name, each in providers if PARTNERS_GIVE in each.entries and CITY in each.areas
        )
        async with world.app.store.work() as work:
            ids = await know(work)
            taken = await work.referrals.find(ReferralId(ids["taken"]))
            assert taken is not None
            ids |= await write(work, taken, world.clock.now())
            ids |= await ask_and_export(work, taken, partner, ids, world.clock.now())
            await work.commit()
        return ids, {"reference": taken.reference, "partner": partner}


async def know(work: UnitOfWork) -> dict[str, UUID]:
    """The ids of colleagues and cases; one colleague is removed."""
    ids: dict[str, UUID] = {}
    for who in (*STAFF, BOUNDLESS, REMOVED):
        found = await work.workers.find(ANYBODY[who])
        assert found is not None
        ids[who] = found.id
    await work.staff.remove(await work.workers.get(WorkerId(ids.pop(REMOVED))))
    for referral in await work.referrals.queue():
        ids["free" if referral.owner is None else "taken"] = referral.id
        ids["person"] = referral.person_id
    return ids


async def write(work: UnitOfWork, taken: Referral, now: datetime) -> dict[str, UUID]:
    """A message, a note, an unanswered question, a remark."""
    person, owner = await work.persons.get(taken.person_id), await work.workers.find(PEOPLE[OWNER])
    await write_to_worker(work, person, taken.id, "canary-message", now=now)
    await note(work, owner, taken.id, "canary-note", now=now)
    question = Question(now, "lt", Area(CITY), "unknown", words=ASKED)
    await work.questions.add(question)
    await work.feedback.add(EntryId(ENTRY), "wrong", now, language="lt")
    return {"question": question.id}


async def ask_and_export(
    work: UnitOfWork, taken: Referral, partner: str, ids: dict[str, UUID], now: datetime
) -> dict[str, UUID]:
    """Two questions about a partner, one with a yes; two files with names that wait for a second yes."""
    asked, agreed = (Onward(uuid4(), taken.id, partner, WorkerId(ids[OWNER]), now) for _ in range(2))
    await work.onwards.add(asked)
    await work.onwards.add(agreed)
    notice = Notice("canary-notice", "1", "lt")
    consent = Consent(taken.person_id, Purpose.PARTNERS, notice, now, referral_id=taken.id)
    await work.onwards.answer(agreed.id, now, consent_id=await work.consents.give(consent))
    files = {
        name: Export(Kind.CSV, Area(CITY), with_names=True, asked_by=WorkerId(ids[who]), asked_at=now)
        for name, who in (("their export", BOUNDLESS), ("own export", BOSS))
    }
    for each in files.values():
        await work.exports.add(each)
    return {"asked": asked.id, "agreed": agreed.id} | {name: each.id for name, each in files.items()}


BUILT: list[tuple[dict[str, UUID], dict[str, str]]] = []


@pytest.fixture
async def scene(
    tmp_path: Path, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Scene]:
    """A copy of the scene in a world of its own."""
    original = tmp_path_factory.getbasetemp() / "rights.db"
    if not BUILT:
        BUILT.append(await build(original, library))
    copy = tmp_path / "copy.db"
    shutil.copy(original, copy)
    async with make_world(f"sqlite:///{copy}", library, keyring=KEYS) as world:
        world._updates = count(10_000)  # the copy has seen the first ones
        yield Scene(world, *BUILT[0])


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
    assert not [secret for secret in (*SECRETS, ASKED) if secret in scene.said()]
    assert more == (0 if who in row.harmless else 1)


@pytest.mark.parametrize(("handler", "row"), ROWS, ids=NAMES)
async def test_whoever_is_not_named_is_refused(scene: Scene, handler: str, row: Row) -> None:
    assert handler in TABLE
    for who in PEOPLE.keys() - set(row.may):
        await check(scene, row, who)


@pytest.mark.parametrize(("row", "who"), ALLOWED, ids=ALLOWED_NAMES)
async def test_whoever_is_named_may(scene: Scene, row: Row, who: str) -> None:
    await check(scene, row, who)


async def test_in_the_group_no_press_shows_what_a_person_told(scene: Scene) -> None:
    presses = [row.made(scene) for _handler, row in ROWS if row.made is not None]
    scene.forget()

    for who in (OWNER, BOSS):
        for data in presses:
            await scene.presses(who, data, chat=DESK)

    group = "\n".join(each.transcript() for each in scene.world.telegram.chats[DESK])
    assert len(presses) > len(CASES)
    assert not [secret for secret in SECRETS if secret in group]


async def test_a_door_left_open_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "require", lambda worker, _act, _referral=None: worker)
    for handler in ("desk.show_case", "desk.decide_case"):
        with pytest.raises(AssertionError):
            await check(scene, TABLE[handler][0], OTHER)


async def test_no_file_is_made_of_an_area_that_does_not_exist(scene: Scene) -> None:
    before, refused = await scene.dump(), await scene.refusals()

    await scene.presses(BOUNDLESS, MakeExport(area="nowhere", kind="csv", with_names=False))
    await scene.presses(BOUNDLESS, ExportArea(area="nowhere"))

    assert await scene.dump() == before
    assert await scene.refusals() == refused + 2


def test_a_handler_that_nobody_listed_is_found() -> None:
    dispatcher, router = make_dispatcher(FakeClock()), Router(name="new")
    router.message.register(build)
    dispatcher.include_router(router)

    assert {name for name, _handler in of_staff(dispatcher)} - set(TABLE) == {"test_rights.build"}


NUMBERS = ("-1", "0", "99999999999999999999999", "-99999999999999999999999")
WORDS_IN = {  # what leads a forged button into each handler
    CaseDo: [handler_do for rows in CASES.values() for row in rows if (handler_do := row.name.split(" ")[0])],
    Desk: ["home", "all", "mine", "queue", "sift", "kinds", "clear"],
    Office: ["staff", "capacity"],
    Colleague: ["remove-surely", "away-surely", "areas"],
    Decide: ["accepted", "requested", "rejected", "cancelled"],
}


def forged(kind: type[CallbackData], ids: dict[str, UUID]) -> Iterator[str]:
    """Data that no button of ours has: ids of nothing and of other things, words that mean nothing."""
    fields = kind.model_fields.items()
    is_id = {name: each.annotation is UUID for name, each in fields}
    words = dict.fromkeys(("nonsense", "", *WORDS_IN.get(kind, ())))
    wrongs = (uuid4(), ids["person"], ids[CURATOR] if "referral" in is_id else ids["taken"])
    for wrong, first in [*((wrongs[0], word) for word in words), *((each, "nonsense") for each in wrongs)]:
        values = [wrong.hex if has_id else "nonsense" for has_id in is_id.values()]
        values[0] = wrong.hex if next(iter(is_id.values())) else first
        yield ":".join([kind.__prefix__, *values])
    for number in NUMBERS:
        values = [
            wrongs[0].hex if each.annotation is UUID else "1" if each.annotation is bool else number
            for _name, each in fields
        ]
        yield ":".join([kind.__prefix__, *values])
    yield from (f"{kind.__prefix__}{rest}" for rest in ("", ":", "::", ":::", ":a:b:c:d:e", ":'; --", ":\0"))


@pytest.mark.parametrize("who", ANYBODY)
async def test_forged_buttons_change_nothing_and_break_nothing(scene: Scene, who: str) -> None:
    before = await scene.dump()

    for kind in presses_of_staff():
        for data in forged(kind, scene.ids):
            await scene.presses(who, data)

    async with scene.world.app.store.work() as work:
        counts = await work.inbox.counts()
    assert await scene.dump() == before
    assert not [secret for secret in SECRETS if secret in scene.said()]
    assert (ASKED in scene.said()) == (who in {*OF_CONTENT, BOUNDLESS})
    assert set(counts) == {"done"}

"""Canaries through what the desk and the person do in a case: replies, partners, codes, contacts, alerts."""

from __future__ import annotations

import io
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import GetMe
from sqlalchemy.exc import OperationalError

from bot.buttons.office import RoomOf
from bot.logs import QuietFormatter
from knowledge.library import Library
from referrals.another import Agrees, Proxy, Relation
from referrals.receipt import in_groups, read_code
from referrals.storage.work import Store
from tests.conversations.steps import WORDS, arrive
from tests.conversations.test_cases import PROVIDED, ask_for_partner
from tests.conversations.test_desk import colleague, take
from tests.conversations.test_person import newest, own
from tests.conversations.test_watch import digests, heard, watch
from tests.fakes.world import COORDINATOR, DESK, Actor, World, make_world
from tests.trust.test_leak import bytes_of, log  # noqa: F401 - a fixture

LT = WORDS["lt"]
MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # eight in Lithuania
WEEK_LATER = MORNING + timedelta(days=7)
PERSON, OTHER_PHONE, RASA, JONAS = 5, 6, 11, 13

NAME, PROXY, RELATION = "Pauksteleqz", "Strazdelisqz", "Mano mama"
NEED, SLOT, ROOM = "needcanaryqz", "slotcanaryqz", "roomcanaryqz"
BY_CODE, UNANSWERED, ERROR = "bycodecanaryqz", "unansweredcanaryqz", "errorcanaryqz"
PHONE, NEW_PHONE = "+370 612 73519", "8 655 91827"
KEPT = (NAME, PROXY, NEED, SLOT, BY_CODE, UNANSWERED, "61273519", "65591827", '"parent"')
SECRETS = (*KEPT, ROOM, ERROR, RELATION, "612 73519", "655 91827")


def fail(world: World, chat: int, error: type[TelegramNetworkError | TelegramBadRequest]) -> None:
    """The next send to a chat fails, with what people told in Telegram's error."""
    words = f"Bad Request: {ERROR} {NAME} {NEED} {SLOT}"
    world.telegram.faults_by_chat[chat] = [error(method=GetMe(), message=words)]


async def write_for_mother(world: World) -> tuple[Actor, str]:
    """Somebody writes for a relative and gets a code; returns the code too."""
    person = await arrive(world, LT)
    await person.presses_data(f"w:{PROVIDED}", person.screen)
    for label in ("Artimam žmogui", RELATION, "dėl ligos"):
        await person.presses(label)
    await person.says(NAME)
    await person.says(PROXY)
    await person.presses(LT.area)
    await person.says(NEED)
    for label in (LT.soon, LT.phone):
        await person.presses(label)
    await person.says(PHONE)
    for label in (LT.yes, LT.no, LT.yes, LT.any_time, LT.no, LT.language, LT.agree, LT.send):
        await person.presses(label)
    shown = await person.presses("Kodas kitam telefonui")
    code = next(found for line in shown.splitlines() if (found := read_code(line)))
    return person, code


async def come_by_code(world: World, code: str) -> None:
    """A wrong code, then the right one, and a message from another phone."""
    other = await arrive(world, LT, OTHER_PHONE)
    await other.says("/code")
    await other.says(code[:-1] + str((int(code[-1]) + 1) % 10))
    fail(world, OTHER_PHONE, TelegramBadRequest)
    await other.says(code)
    await other.says(code)
    await other.presses("Parašyti žinutę")
    await other.says(BY_CODE)


async def answer(world: World, rasa: Actor) -> None:
    """A ready reply whose free place is filled in; Telegram does not take it at first."""
    for label in ("Atsakyti", "Laukimas", "3."):
        await rasa.presses(label)
    await rasa.says(SLOT)
    fail(world, PERSON, TelegramNetworkError)
    await rasa.presses("Siųsti")


async def tell_partner(world: World, person: Actor, rasa: Actor) -> str:
    """The person is asked and agrees; returns the text for the partner."""
    fail(world, PERSON, TelegramNetworkError)
    await ask_for_partner(world, rasa)
    fail(world, RASA, TelegramNetworkError)
    await person.presses("Taip, perduoti tai")
    return await rasa.presses("Tekstas")


async def change_contact(world: World, person: Actor) -> None:
    """A new phone; the news of it to the worker never arrives."""
    await own(person)
    await person.presses("Keisti, kaip mane pasiekti")
    await person.presses(LT.phone)
    await person.says(NEW_PHONE)
    for label in (LT.yes, LT.yes, LT.yes, "Vakare"):
        await person.presses(label)
    fail(world, RASA, TelegramBadRequest)
    await person.presses(LT.no)


async def tell_room(world: World) -> None:
    """A coordinator tells that a service has no room, and types more than its name."""
    boss = world.person(COORDINATOR, "Vida")
    await boss.says("/capacity")
    await boss.says(f"{ROOM} {NAME} dienos centras vaikams")
    await boss.presses_data(RoomOf(entry=PROVIDED, area="kaunas-city", room="f").pack(), boss.screen)


async def journey(world: World) -> str:
    """A case from a form for another to a desk elsewhere, watched over; returns its code."""
    person, code = await write_for_mother(world)
    await come_by_code(world, code)
    rasa = await colleague(world, RASA, "Rasa")
    jonas = await colleague(world, JONAS, "Jonas", "jonava-district")
    await take(world, rasa)
    await answer(world, rasa)
    assert NEED in await tell_partner(world, person, rasa)
    await change_contact(world, person)
    await own(person)
    await person.presses("Parašyti žinutę")
    await person.says(UNANSWERED)
    await tell_room(world)
    await watch(world, MORNING)
    fail(world, DESK, TelegramNetworkError)
    await watch(world, WEEK_LATER)
    await rasa.opens(world.app.links.to_case((await newest(world)).id))
    for label in ("Perduoti", "Jonavos rajonas", "Taip, perduoti"):
        await rasa.presses(label)
    await watch(world, WEEK_LATER + timedelta(hours=1))
    await take(world, jonas)
    return code


async def broken_watch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of the watch over a database that fails with what people told in its error."""

    def fails(_self: Store) -> object:
        raise OperationalError("SELECT ?", {"need": NEED, "name": NAME}, Exception(ERROR))

    with monkeypatch.context() as patch:
        patch.setattr(Store, "work", fails)
        await world.app.watch()


def leaks(content: str | bytes) -> list[str]:
    """The canaries in a text or in bytes."""
    raw = content if isinstance(content, bytes) else content.encode()
    return [secret for secret in SECRETS if secret.encode() in raw]


def chat(world: World, *ids: int) -> str:
    """Everything that stands in these chats."""
    return "\n".join(shown.transcript() for each in ids for shown in world.telegram.chats[each])


def to_groups(world: World) -> str:
    """Everything that was ever sent to a group, and what it was changed to."""
    calls = [call for call in world.telegram.calls if (getattr(call, "chat_id", None) or 0) < 0]
    return "\n".join(str(call) for call in calls)


async def test_no_canary_sings_at_the_desk(
    sqlite_url: str,
    tmp_path: Path,
    library: Library,
    log: io.StringIO,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with make_world(sqlite_url, library) as world:
        code = await journey(world)
        await broken_watch(world, monkeypatch)
        beside_a_log = bytes_of(tmp_path)
        group, told = to_groups(world), chat(world, PERSON, RASA, JONAS)
        referral = await newest(world)
        alerts, rounds = heard(world, world.person(RASA), "dvi darbo dienas"), len(digests(world))
        async with world.app.store.work() as work:
            written = {each.text for each in await work.messages.of(referral.id)}
    files = beside_a_log + bytes_of(tmp_path)

    # the canaries went all the way
    assert referral.details.proxy == Proxy(PROXY, Relation.PARENT, Agrees.CANNOT)
    assert {BY_CODE, UNANSWERED} < written
    assert [secret for secret in (NAME, PROXY, NEED, SLOT, RELATION, "612 73519") if secret not in told] == []
    assert (alerts, rounds, referral.area) == (1, 6, "jonava-district")
    assert "Jonavos rajonas" in group
    assert "the queue could not be watched" in log.getvalue()
    # and nowhere else
    assert leaks(log.getvalue()) == []
    assert leaks(group) == []
    assert leaks(files) == []
    for shape in (code, in_groups(code)):
        assert shape not in log.getvalue() + group
        assert shape.encode() not in files


async def test_a_chatty_formatter_would_be_caught_at_the_desk(
    sqlite_url: str,
    library: Library,
    log: io.StringIO,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, QuietFormatter))
    ours.setFormatter(logging.Formatter())

    async with make_world(sqlite_url, library) as world:
        await journey(world)
        await broken_watch(world, monkeypatch)

    assert {NAME, NEED, ERROR} <= set(leaks(log.getvalue()))


async def test_an_open_cell_of_the_desk_would_be_caught(
    sqlite_url: str, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.storage.keyring.Keyring.seal", lambda _self, plain, _cell: plain)
    monkeypatch.setattr("referrals.storage.keyring.Keyring.open", lambda _self, sealed, _cell: sealed)

    monkeypatch.setattr(
        "referrals.storage.keyring.Keyring.blind", lambda _self, kind, value: f"{kind} {value}".encode()
    )

    async with make_world(sqlite_url, library) as world:
        code = await journey(world)
        files = bytes_of(tmp_path)

    assert [secret for secret in KEPT if secret not in leaks(files)] == []
    assert code.encode() in files

"""Canaries through what the office does: questions, follow-ups, statistics, files, masked codes."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import GetMe, SendDocument, SendPhoto

from bot.courier.files import DOCUMENT, PHOTO, file_call, file_parameters
from knowledge.library import Library
from referrals.person import Role
from referrals.storage.outbox import DEAD, SENT
from tests.conversations.office import CODE, finished_case, staff
from tests.conversations.steps import WORDS, arrive
from tests.fakes.world import COORDINATOR, DESK, World, make_world
from tests.trust.test_leak import bytes_of, leaks, log  # noqa: F401 - a fixture

LT = WORDS["lt"]
QUESTION = f"canary-question-9912 zxcvb qwrtp {CODE}"


async def office_journey(world: World) -> None:
    """Everything the office does with what people told, and failures on the way."""
    await finished_case(world, LT)
    asking = await arrive(world, LT, 52)
    await asking.says(QUESTION)
    mantas = await staff(world, 901, "Mantas", Role.COORDINATOR, "kaunas-city")
    boss = world.person(COORDINATOR, "Rasa")
    for command in ("/unanswered", "/feedback", "/stats"):
        await boss.says(command)
    world.telegram.faults_by_chat[COORDINATOR] = [TelegramNetworkError(method=GetMe(), message="canary")]
    for label in ("Be vardų: CSV", "Su vardais: CSV", "Su vardais: Excel"):
        await boss.says("/export")
        await boss.presses("Kauno miestas")
        await boss.presses(label)
    await mantas.presses("Patvirtinti")
    shown, data = mantas.find_button("Patvirtinti")
    world.telegram.faults_by_chat[COORDINATOR] = [
        TelegramBadRequest(method=GetMe(), message="Bad Request: canary")
    ]
    await mantas.presses_data(data, shown)
    world.clock.advance(timedelta(days=7, hours=1))
    await world.app.ask_follow_ups()
    await world.settle()
    await world.person(5).presses("Iš dalies")


async def test_no_canary_sings_in_the_office(
    sqlite_url: str,
    tmp_path: Path,
    library: Library,
    log: io.StringIO,  # noqa: F811
) -> None:
    async with make_world(sqlite_url, library) as world:
        await office_journey(world)
        group = "\n".join(shown.transcript() for shown in world.telegram.chats[DESK])
        calls = world.telegram.calls
        people = "\n".join(shown.transcript() for chat in (5, 52) for shown in world.telegram.chats[chat])
    files = bytes_of(tmp_path)

    assert any(isinstance(each, SendDocument) for each in calls)
    assert leaks(log.getvalue()) == []
    assert leaks(group) == []
    assert leaks(files) == []
    assert CODE not in people + log.getvalue() + group
    assert CODE.encode() not in files


async def test_an_open_cell_of_the_office_would_be_caught(
    sqlite_url: str, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.storage.keyring.Keyring.seal", lambda _self, plain, _cell: plain)
    monkeypatch.setattr("referrals.storage.keyring.Keyring.open", lambda _self, sealed, _cell: sealed)

    async with make_world(sqlite_url, library) as world:
        asking = await arrive(world, LT, 52)
        await asking.says(QUESTION)

    assert "question-9912" in leaks(bytes_of(tmp_path))


async def test_files_wait_sealed_and_are_wiped_when_they_are_sent(world: World, tmp_path: Path) -> None:
    content = b"canary-need-7351" * 100
    async with world.app.store.work() as work:
        parameters = file_parameters("cases.csv", content, caption="Cases", protected=True)
        await work.outbox.put(5, DOCUMENT, parameters=parameters, now=world.clock.now())
        await work.outbox.put(5, PHOTO, parameters={"caption": "no file"}, now=world.clock.now())
        await work.commit()
    await world.settle()

    async with world.app.store.work() as work:
        counts = await work.outbox.counts()
    (shown,) = world.telegram.chats[5]
    assert shown.file is not None
    assert (shown.file.filename, shown.file.data, shown.protected) == ("cases.csv", content, True)
    assert counts == {SENT: 1, DEAD: 1}
    assert leaks(bytes_of(tmp_path)) == []


def test_a_file_becomes_an_upload_only_at_sending() -> None:
    parameters = file_parameters("a.png", b"\x89PNG")

    assert set(parameters) == {"file"}
    assert isinstance(file_call(PHOTO, {**parameters, "chat_id": 5}), SendPhoto)
    assert isinstance(file_call(DOCUMENT, {**parameters, "chat_id": 5}), SendDocument)
    with pytest.raises(ValueError, match="a name and a content"):
        file_call(DOCUMENT, {"chat_id": 5})

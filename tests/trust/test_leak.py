"""Canaries: what a person tells appears in no log, no group, no error and not in the database's bytes."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import GetMe
from sqlalchemy import text

from bot.logs import QuietFormatter
from knowledge.library import Library
from tests.conversations.steps import WORDS, arrive, fill_form
from tests.conversations.test_desk import take
from tests.fakes.world import COORDINATOR, DESK, World, make_world

NAME, NEED, PHONE = "Kanarėlė", "canary-need-7351", "+370 612 73519"
QUESTION = "canary-question-9912 kas padėtų senam žmogui namuose"
# Long enough that no digest and no id holds one by chance.
SECRETS = ("anarėl", "canary", "61273519", "612 73519", "question-9912")
LT = WORDS["lt"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as it would stand in the journal."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(QuietFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


async def journey(world: World) -> None:
    """The whole main job with canaries in it, and every failure on the way."""
    person = await arrive(world, LT)
    await person.says(QUESTION)
    await person.says(LT.question)
    await person.presses(LT.about_this)
    world.telegram.faults_by_chat[5] = [TelegramNetworkError(method=GetMe(), message=NEED)]
    await fill_form(person, LT, need=NEED, phone=PHONE, name=NAME)
    await person.presses(LT.send)
    await take(world, world.person(COORDINATOR, "Rasa"))
    await world.person(COORDINATOR, "Rasa").presses("Priimti")
    world.telegram.faults_by_chat[5] = [TelegramBadRequest(method=GetMe(), message=f"Bad Request: {NAME}")]
    await person.says(f"{NAME} {NEED}")
    await world.receive({"message": {"text": NEED, "from": person.user, "chat": {"id": NAME}}})


async def broken_journey(world: World) -> None:
    """Handlers that fail with the person's words in the error, and a database that does the same."""

    async def fails(*_: object) -> object:
        raise ValueError(f"{NAME} {NEED} {PHONE}")

    object.__setattr__(world.app.worker._handling, "feed", fails)
    person = world.person(5)
    for _ in range(3):
        await person.sends(text=f"{NAME} {NEED}")
    async with world.app.store.work() as work:
        with pytest.raises(Exception, match="nowhere") as caught:
            await work.connection.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": NEED})
    logging.getLogger("sqlalchemy").error("statement failed", exc_info=caught.value)
    logging.getLogger("aiogram").warning("update %s", {"text": NEED})
    assert NEED not in str(caught.value)


def leaks(content: str | bytes) -> list[str]:
    """The canaries in a text or in bytes."""
    raw = content if isinstance(content, bytes) else content.encode()
    return [secret for secret in SECRETS if secret.encode() in raw]


def bytes_of(folder: Path) -> bytes:
    """The database with its log, byte for byte."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("atrama.db*")))


async def test_no_canary_sings(sqlite_url: str, tmp_path: Path, library: Library, log: io.StringIO) -> None:
    async with make_world(sqlite_url, library) as world:
        await journey(world)
        await broken_journey(world)
        group = "\n".join(shown.transcript() for shown in world.telegram.chats[DESK])
    files = bytes_of(tmp_path)

    assert files.startswith(b"SQLite format 3")
    assert "an update is parked" in log.getvalue()
    assert "ATR-" in group
    assert leaks(log.getvalue()) == []
    assert leaks(group) == []
    assert leaks(files) == []


async def test_a_chatty_formatter_would_be_caught(
    sqlite_url: str, library: Library, log: io.StringIO
) -> None:
    ours = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, QuietFormatter))
    ours.setFormatter(logging.Formatter())

    async with make_world(sqlite_url, library) as world:
        await journey(world)
        await broken_journey(world)

    assert leaks(log.getvalue())


async def test_an_open_cell_would_be_caught(
    sqlite_url: str, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.storage.keyring.Keyring.seal", lambda _self, plain, _cell: plain)
    monkeypatch.setattr("referrals.storage.keyring.Keyring.open", lambda _self, sealed, _cell: sealed)

    async with make_world(sqlite_url, library) as world:
        await journey(world)
    files = bytes_of(tmp_path)

    assert leaks(files)


def test_a_line_of_the_log_cannot_be_forged(log: io.StringIO) -> None:
    logging.getLogger("bot.test").warning("a\nb", extra={"reason": "c\nWARNING d"})

    assert [line for line in log.getvalue().splitlines() if "d" in line][-1].endswith("WARNING d")
    assert not log.getvalue().splitlines()[-1].startswith("WARNING")

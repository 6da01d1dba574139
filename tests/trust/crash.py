"""The crash harness: real processes, real `kill -9`, submissions over the loopback Bot API.

The client keeps the set of what it was told was accepted (the playground keeps an update until it is
confirmed); afterwards lost = accepted - stored, doubled = stored more than once.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from bot.clock import SystemClock
from bot.language import speaking
from bot.playground.cast import Json
from bot.playground.server import Playground
from bot.views.form import consent_text
from knowledge.library import Library
from referrals.consent import Notice
from referrals.draft import Draft, Step
from referrals.referral import DraftId
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.work import Store

ROOT = Path(__file__).parents[2]
KILLS = 20
SUBMISSIONS = 300
HALF_FILLED = 20
SECRET = "crash-harness-secret"
PATIENCE = 120.0  # seconds for everything that is left after the last kill
LIFE = (0.2, 3.0)  # seconds
IN_THE_START = 4  # one kill of so many may hit a process that has not called Telegram yet


@dataclass
class Outcome:
    """What became of the submissions."""

    lost: set[UUID] = field(default_factory=set)
    doubled: int = 0
    undone: int = 0
    resumed: int = 0


def press(person: int, data: str) -> Json:
    """A raw press of a button."""
    user = {"id": person, "is_bot": False, "first_name": "Ona", "language_code": "lt"}
    chat = {"id": person, "type": "private", "first_name": "Ona"}
    message = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "text": "…"}
    press = {"id": str(person), "from": user, "chat_instance": "1", "message": message, "data": data}
    return {"callback_query": press}


def words(person: int, text: str) -> Json:
    """A raw text message."""
    user = {"id": person, "is_bot": False, "first_name": "Ona", "language_code": "lt"}
    chat = {"id": person, "type": "private", "first_name": "Ona"}
    return {"message": {"message_id": 2, "date": 1_790_000_000, "chat": chat, "from": user, "text": text}}


async def seed(store: Store) -> tuple[dict[UUID, int], list[int]]:
    """Persons whose drafts wait for the last press, and persons in the middle of the form."""
    library = Library.load()
    ready: dict[UUID, int] = {}
    half = list(range(50_000, 50_000 + HALF_FILLED))
    now = SystemClock().now()  # the bot that is killed has a real clock, and forgets forms of long ago
    async with store.work() as work:
        for person_id in [*range(10_000, 10_000 + SUBMISSIONS), *half]:
            person = await work.persons.get_or_add(person_id, now)
            person.language, person.welcomed = "lt", True
            await work.persons.save(person)
            draft = Draft(DraftId(uuid4()), person.id, None, "care", Step.FOR_WHOM, now)
            if person_id in half:
                draft.answer(Step.FOR_WHOM, "me", now)
                await work.conversations.write(
                    f"1:{person_id}:{person_id}:None:default", {"state": "Referring:form"}, now
                )
            else:
                fill(draft, library, now)
                ready[draft.id] = person_id
            await work.drafts.add(draft)
        await work.commit()
    return ready, half


def fill(draft: Draft, library: Library, now: datetime) -> None:
    """Every answer, and the consent to exactly them."""
    answers: dict[Step, str | bool | None] = {
        Step.FOR_WHOM: "me",
        Step.NAME: None,
        Step.AREA: "kaunas-city",
        Step.NEED: "help",
        Step.URGENCY: "urgent",
        Step.REACH: "chat",
        Step.MAY_WRITE: True,
        Step.DISCREET: False,
        Step.LANGUAGE: "lt",
    }
    for step, answer in answers.items():
        draft.answer(step, answer, now)
    with speaking("lt"):
        text = consent_text(draft, library.area_names("lt")).render()[0]
        draft.answer(Step.CONSENT, Notice(text, "", "lt").sha256, now)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def storm(
    playground: Playground,
    command: list[str],
    env: dict[str, str],
    *,
    drafts: dict[UUID, int],
    half: list[int],
    kills: int,
    dice: random.Random,
    is_done: Callable[[], Awaitable[bool]],
) -> None:
    """Submit while the process is killed again and again; then let a last one finish."""
    people = playground.simulation.people
    waiting = [(person, draft) for draft, person in drafts.items()]
    typists = list(half)
    a_round = -(-len(waiting) // max(kills, 1))
    for kill in range(kills):
        process = await asyncio.create_subprocess_exec(*command, env=env, cwd=ROOT)
        if kill % IN_THE_START:
            await has_called(playground, process)
        life = dice.uniform(*LIFE)
        batch, waiting = waiting[:a_round], waiting[a_round:]
        for person, draft in batch:
            people.inject(press(person, f"send:{draft.hex}"))
            people.inject(press(person, f"send:{draft.hex}"))  # an impatient finger
            await asyncio.sleep(life / (len(batch) * 2))
        if typists:
            people.inject(words(typists.pop(), "Ona"))
        await asyncio.sleep(life / 2)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    for person, draft in waiting:
        people.inject(press(person, f"send:{draft.hex}"))
    for person in typists:
        people.inject(words(person, "Ona"))
    await finish(command, env, is_done)


async def has_called(playground: Playground, process: asyncio.subprocess.Process) -> None:
    """Wait until a process that was just started calls Telegram, however slow the machine is."""
    before = len(playground.simulation.calls)
    async with asyncio.timeout(PATIENCE):
        while len(playground.simulation.calls) == before:
            assert process.returncode is None, "the process ended by itself"
            await asyncio.sleep(0.05)


async def finish(command: list[str], env: dict[str, str], is_done: Callable[[], Awaitable[bool]]) -> None:
    """One process that is not killed works off what is left."""
    process = await asyncio.create_subprocess_exec(*command, env=env, cwd=ROOT)
    try:
        async with asyncio.timeout(PATIENCE):
            while not await is_done():  # noqa: ASYNC110 - another process works, nobody can tell us
                await asyncio.sleep(0.3)
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def crash_the_bot(
    playground: Playground, database: str, folder: Path, *, webhook: bool, kills: int = KILLS
) -> Outcome:
    """The harness over the real bot."""
    keys = Keyring.generate()
    store = Store(make_engine(database), Keyring.parse(keys))
    drafts, half = await seed(store)
    if database.startswith("sqlite"):
        await store.close()  # the bot is the only writer
    env = environment(playground, database, folder, keys=keys, webhook=webhook)

    async def is_done() -> bool:
        if playground.store.pending():
            return False
        reader = Store(make_engine(database, read_only=True), Keyring.parse(keys))
        try:
            async with reader.work() as work:
                return not (await work.inbox.counts()).get("new")
        finally:
            await reader.close()

    command = [sys.executable, "-m", "bot", "run"]
    dice = random.Random(20261124)
    await storm(playground, command, env, drafts=drafts, half=half, kills=kills, dice=dice, is_done=is_done)
    outcome = await count(Store(make_engine(database), Keyring.parse(keys)), set(drafts), half)
    await store.close()
    return outcome


def environment(
    playground: Playground, database: str, folder: Path, *, keys: str, webhook: bool
) -> dict[str, str]:
    """What the bot's process is started with."""
    env = {
        **os.environ,
        "ATRAMA_BOT_TOKEN": "1:playground",
        "ATRAMA_TELEGRAM_API": playground.address,
        "ATRAMA_DATABASE_URL": database,
        "ATRAMA_DATA_DIR": str(folder),
        "ATRAMA_KEYS": keys,
        "ATRAMA_DESK_CHATS": "-1000000003001",
    }
    if webhook:
        port = free_port()
        env |= {
            "ATRAMA_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "ATRAMA_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "ATRAMA_WEBHOOK_SECRET": SECRET,
        }
    return env


async def count(store: Store, drafts: set[UUID], half: list[int]) -> Outcome:
    """Compare what was accepted with what is stored."""
    outcome = Outcome()
    async with store.work() as work:
        stored = Counter(UUID(str(each.draft_id)) for each in await work.referrals.queue())
        outcome.lost = drafts - set(stored)
        outcome.doubled = sum(number - 1 for number in stored.values())
        counts = await work.inbox.counts()
        outcome.undone = counts.get("new", 0) + counts.get("parked", 0)
        for person_id in half:
            person = await work.persons.find(person_id)
            draft = None if person is None else await work.drafts.find(person.id)
            outcome.resumed += draft is not None and draft.step is Step.AREA
    await store.close()
    return outcome

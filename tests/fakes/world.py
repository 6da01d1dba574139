"""A world for conversations: the app as it is built for real, a fake Telegram, and people who use it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import gettempdir

from aiogram import Bot

from bot.app import App, build
from bot.settings import DeskChats, Settings
from knowledge.library import Library
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.work import Store
from tests.fakes.clock import FakeClock
from tests.fakes.telegram import TOKEN, FakeTelegram, Shown

DESK = -100500
COORDINATOR = 900


class World:
    """The app and everyone around it."""

    def __init__(self, app: App, telegram: FakeTelegram, clock: FakeClock) -> None:
        self.app = app
        self.telegram = telegram
        self.clock = clock
        self._updates = count(1)

    def person(self, telegram_id: int, name: str = "Ona", language_code: str | None = "lt") -> Actor:
        """Somebody with a Telegram account."""
        return Actor(self, telegram_id, name, language_code)

    async def receive(self, raw: dict[str, object]) -> None:
        """Telegram brings an update; everything that follows from it happens."""
        await self.app.receiving.receive([{"update_id": next(self._updates), **raw}])
        await self.settle()

    async def settle(self) -> None:
        """Work until there is nothing left to do, letting time go by where the courier has to wait."""
        for _ in range(500):
            worked = await self.app.worker.step()
            await self.app.courier.step_instant()
            again_at = await self.app.courier.step()
            if again_at is not None and again_at > self.clock.now():
                self.clock.advance(again_at - self.clock.now())
            elif not worked and again_at is None:
                return
        raise AssertionError("the world does not come to rest")


class Actor:
    """A person: says, presses, sends, sees."""

    def __init__(self, world: World, telegram_id: int, name: str, language_code: str | None) -> None:
        self.world = world
        self.id = telegram_id
        self.name = name
        self.language_code = language_code
        self.wrote: list[int] = []

    @property
    def user(self) -> dict[str, object]:
        """The account, as it stands in an update."""
        user: dict[str, object] = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.language_code is not None:
            user["language_code"] = self.language_code
        return user

    async def says(self, text: str) -> str:
        """Type a text in the private chat; returns what is seen last."""
        await self.sends(text=text)
        return self.sees

    async def sends(self, **content: object) -> None:
        """Send a message with this content in Telegram's own words."""
        number = self.world.telegram.next_id()
        self.wrote.append(number)
        message = {
            "message_id": number,
            "date": 1_790_000_000,
            "chat": self._chat(self.id),
            "from": self.user,
        }
        text = content.get("text")
        if isinstance(text, str) and text.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            message["entities"] = [entity]
        await self.world.receive({"message": {**message, **content}})

    async def shares_contact(self, number: str, *, owner: int | None = None) -> str:
        """Press the button that shares a phone."""
        contact = {"phone_number": number, "first_name": self.name, "user_id": owner or self.id}
        await self.sends(contact=contact)
        return self.sees

    async def presses(self, label: str, *, chat: int | None = None) -> str:
        """Press the newest button whose label holds the words; returns what is seen last."""
        shown, data = self.find_button(label, chat=chat)
        await self.presses_data(data, shown)
        return self.sees if self.id in self.world.telegram.latest else ""

    async def presses_data(self, data: str, shown: Shown) -> None:
        """Press a button with this data, whoever showed it."""
        message = {
            "message_id": shown.message_id,
            "date": 1_790_000_000,
            "chat": self._chat(shown.chat_id),
            "text": shown.text,
        }
        press = {"id": "7", "from": self.user, "chat_instance": "1", "message": message, "data": data}
        await self.world.receive({"callback_query": press})

    def find_button(self, label: str, *, chat: int | None = None) -> tuple[Shown, str]:
        """The newest button with this label, and the message it stands under."""
        for shown in reversed(self.world.telegram.chats[chat or self.id]):
            for row in shown.buttons:
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return shown, button["callback_data"]
        raise AssertionError(f"no button {label!r}; there is: {self.screen.transcript()}")

    async def opens(self, link: str) -> str:
        """Follow a deep link of the bot."""
        return await self.says(f"/start {link.rpartition('start=')[2]}")

    @property
    def screen(self) -> Shown:
        """The message in the private chat that was sent or changed last."""
        shown = self.world.telegram.latest.get(self.id)
        if shown is None:
            raise AssertionError(f"{self.name} sees nothing")
        return shown

    @property
    def sees(self) -> str:
        """That message with its buttons."""
        return self.screen.transcript()

    @property
    def transcript(self) -> str:
        """The whole private chat."""
        return "\n\n".join(each.transcript() for each in self.world.telegram.chats[self.id])

    def _chat(self, chat_id: int) -> dict[str, object]:
        if chat_id > 0:
            return {"id": chat_id, "type": "private", "first_name": self.name}
        return {"id": chat_id, "type": "supergroup", "title": "Desk"}


@asynccontextmanager
async def make_world(
    database: str,
    library: Library,
    *,
    clock: FakeClock | None = None,
    keyring: Keyring | None = None,
    telegram: FakeTelegram | None = None,
    settings: Settings | None = None,
) -> AsyncIterator[World]:
    """The app over a database, built by its own builder. `settings` say what is not about the database."""
    clock = clock or FakeClock()
    telegram = telegram or FakeTelegram()
    store = Store(make_engine(database), keyring or Keyring.parse(Keyring.generate()))
    settings = replace(
        settings or Settings(),
        bot_token=TOKEN,
        database_url=database,
        desk_chats=DeskChats(for_all=DESK),
        coordinators=(COORDINATOR,),
        data_dir=_folder(database),
    )
    app = build(settings, store, library, bot=Bot(TOKEN, session=telegram), clock=clock)
    try:
        await app.prepare()
        yield World(app, telegram, clock)
    finally:
        await store.close()


def _folder(database: str) -> Path:
    """Beside the database, as in real life; where there is no file, a folder of the database's name."""
    if database.startswith("sqlite:///"):
        return Path(database.removeprefix("sqlite:///")).parent
    return Path(gettempdir()) / database.rpartition("/")[2]

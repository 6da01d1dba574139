"""Long polling that confirms only what is stored.

aiogram's own polling confirms updates whose handlers still run, and stops for everybody at one
update it cannot decode; here the answer stays raw JSON until it is on disk.
"""

from __future__ import annotations

import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.intake.raw import update_number
from bot.intake.receiving import Receiving

logger = logging.getLogger(__name__)

WAIT = 25  # seconds Telegram may hold a question open; below the usual 30 s of proxies
SLOWEST = 30.0  # seconds between tries while Telegram or the database is away
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]


class GetRawUpdates(TelegramMethod[list[object]]):
    """`getUpdates` whose result is not decoded further than JSON."""

    __returning__ = list[object]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = WAIT
    allowed_updates: list[str] = ALLOWED


class Poller:
    """Asks Telegram for updates, for as long as it is run."""

    def __init__(self, bot: Bot, receiving: Receiving, clock: Clock) -> None:
        self._bot = bot
        self._receiving = receiving
        self._clock = clock
        self._offset: int | None = None
        self._pause = 1.0

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                await self.step()
                self._pause = 1.0
            except TelegramRetryAfter as error:
                await self._clock.sleep(error.retry_after)
            except (AiogramError, SQLAlchemyError, OSError) as error:
                conflict = isinstance(error, TelegramConflictError)
                event = "another poller or a webhook holds the bot" if conflict else "polling failed"
                logger.warning(event, exc_info=error)
                await self._clock.sleep(self._pause)
                self._pause = min(self._pause * 2, SLOWEST)

    async def step(self, wait: int = WAIT) -> None:
        """One question; its answer is stored before the next one confirms it."""
        question = GetRawUpdates(offset=self._offset, timeout=wait)
        raws = await self._bot(question, request_timeout=wait + 10)
        if not raws:
            return
        await self._receiving.receive(raws)
        numbers = [number for raw in raws if (number := update_number(raw)) is not None]
        if not numbers:  # nothing that can be confirmed: do not ask again at once
            await self._clock.sleep(self._pause)
            return
        self._offset = max(numbers) + 1

"""Handling what the inbox holds: one update, one transaction, one person at a time.

The unit of work is opened around the dispatcher, because aiogram reads the conversation's state before
any middleware of ours runs. What the handlers changed, what is to be said, and the update's "done" commit
together; a failure rolls all of it back and leaves the update to be tried again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.logs import place_of
from referrals.errors import Changed
from referrals.storage.inbox import Waiting
from referrals.storage.work import Store, UnitOfWork, joined

logger = logging.getLogger(__name__)

# Seconds before each new try. After the last the update is parked and its person is told.
RETRIES = (1.0, 3.0, 10.0)
IDLE = 1.0  # seconds between looks while nothing wakes us: another process may have stored something


@dataclass
class Turn:
    """One update being handled: its transaction, its time, and calls worth one try after the commit."""

    work: UnitOfWork
    now: datetime
    instant: list[TelegramMethod[bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Handling:
    """What the worker calls: the dispatcher, what follows from news, and an apology."""

    feed: Callable[[Update, Turn], Awaitable[object]]
    tell: Callable[[Turn], Awaitable[None]]
    apologise: Callable[[object, Turn], Awaitable[None]]
    after_commit: Callable[[Turn], None]


class InboxWorker:
    """Takes the oldest update of a person that has none in flight, again and again."""

    def __init__(self, store: Store, clock: Clock, handling: Handling, *, bot: Bot) -> None:
        self._store = store
        self._clock = clock
        self._handling = handling
        self._bot = bot
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There is something to do."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; a database that is away is waited for."""
        while True:
            self._woken.clear()
            try:
                idle = not await self.step()
            except (SQLAlchemyError, OSError) as error:
                logger.exception("the inbox cannot be worked", exc_info=error)
                idle = True
            if idle:
                await self._clock.wait(self._woken, IDLE)

    async def step(self) -> bool:
        """Handle one update; False when none is due. Raises what the store raises."""
        async with self._store.work() as work:
            now = self._clock.now()
            waiting = await work.inbox.next(now)
            if waiting is None:
                return False
            update = self._read(waiting)
            if isinstance(update, str):
                await self._park(waiting, Turn(work, now), update)
                failure = None
            else:
                failure = await self._handle(waiting, update, Turn(work, now))
        if failure is not None:
            await self._put_off(waiting, failure)
        return True

    async def _handle(self, waiting: Waiting, update: Update, turn: Turn) -> Exception | None:
        try:
            with joined(turn.work):
                await self._handling.feed(update, turn)
                await self._handling.tell(turn)
            await turn.work.inbox.done(waiting, turn.now)
            await turn.work.commit()
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the update must stay undone
            return error
        self._handling.after_commit(turn)
        return None

    def _read(self, waiting: Waiting) -> Update | str:
        """The update, or why it cannot be read; never with what it says."""
        try:
            return Update.model_validate(json.loads(waiting.body), context={"bot": self._bot})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            return f"{first['type']} at {'.'.join(str(part) for part in first['loc'])}"
        except (ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
            return type(error).__name__

    async def _put_off(self, waiting: Waiting, failure: Exception) -> None:
        reason = place_of(failure)
        now = self._clock.now()
        async with self._store.work() as work:
            if isinstance(failure, Changed):  # somebody was faster: read again, it is no fault
                await work.inbox.postpone(waiting, now, reason=reason)
            elif waiting.attempts < len(RETRIES):
                logger.warning("an update failed", extra={"row": waiting.arrival, "reason": reason})
                due_at = now + timedelta(seconds=RETRIES[waiting.attempts])
                await work.inbox.postpone(waiting, due_at, reason=reason)
            else:
                await self._park(waiting, Turn(work, now), reason)
                return
            await work.commit()

    async def _park(self, waiting: Waiting, turn: Turn, reason: str) -> None:
        """Put it aside with its reason; its person is told, and the lane goes on."""
        logger.error("an update is parked", extra={"row": waiting.arrival, "reason": reason})
        await turn.work.inbox.park(waiting, reason=reason)
        await self._handling.apologise(json.loads(waiting.body), turn)
        await turn.work.commit()
        self._handling.after_commit(turn)

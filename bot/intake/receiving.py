"""Receiving: a cry for help is answered at once, then everything is stored in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from bot.clock import Clock
from bot.intake.raw import Cry, arrived, find_cry, update_number
from referrals.storage.work import Store

logger = logging.getLogger(__name__)

REMEMBERED = 1000  # answered cries kept in memory, so that a dead database does not repeat the panel
PATIENCE = 5.0  # seconds for the direct path; after that the cry goes the durable way


class Receiving:
    """What the poller and the webhook hand raw updates to."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        bot_id: int,
        answer_cry: Callable[[Cry], Awaitable[int | None]],
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._bot_id = bot_id
        self._answer_cry = answer_cry
        self._wake = wake
        self._answered: OrderedDict[int, tuple[int, int | None]] = OrderedDict()

    async def receive(self, raws: Sequence[object]) -> None:
        """Keep updates durably; when this returns, Telegram may forget them. Raises what the store raises."""
        answered = await asyncio.gather(*(self._help_at_once(raw) for raw in raws))
        now = self._clock.now()
        async with self._store.work() as work:
            await work.inbox.store(self._bot_id, [arrived(raw) for raw in raws], now)
            helped = [number for number in answered if number is not None]
            if helped:
                await work.inbox.mark_done(self._bot_id, helped, now)
                for chat_id, message_id in (self._answered.get(each, (0, None)) for each in helped):
                    if message_id is not None:  # so that /hide can have the panel deleted
                        await work.traces.note(chat_id, message_id, now)
            await work.commit()
        self._wake()

    async def _help_at_once(self, raw: object) -> int | None:
        """The number of a cry that was answered; needs no database, no outbox and no pacing."""
        cry, number = find_cry(raw), update_number(raw)
        if cry is None or number is None:
            return None
        if number in self._answered:
            return number
        try:
            async with asyncio.timeout(PATIENCE):
                message_id = await self._answer_cry(cry)
        except Exception:
            logger.exception("a cry for help was not answered directly", extra={"update": number})
            return None
        self._answered[number] = (cry.chat_id, message_id)
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        return number

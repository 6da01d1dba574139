"""Erasing in time: what the register lets nobody keep longer, what people asked to have deleted.

Also what follows from every erasure: a line in the ledger, and an emptied write-ahead log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.erasures import Ledger
from bot.intake.worker import Turn
from referrals.erasing import Erased, Talks, finish_deletion
from referrals.errors import KeyUnknown, ReferralError, Tampered
from referrals.register import Period
from referrals.storage.engine import truncate_log
from referrals.storage.sweeping import RULES, Rule
from referrals.storage.work import Store

EVERY = timedelta(hours=1)  # what is kept "24 hours" is gone within the hour after them
# After a long outage, a press on Send that waited at Telegram comes before its form is erased as forgotten.
SETTLING = timedelta(minutes=10)
# The database is away, somebody changed a case meanwhile, a cell does not open: none stops the bot.
FAULTS = (SQLAlchemyError, OSError, ReferralError, KeyUnknown, Tampered)
logger = logging.getLogger(__name__)


class Sweeper:
    """Sweeps, and keeps what was erased from coming back."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        periods: Mapping[str, Period],
        *,
        ledger: Ledger,
        talks: Talks,
        tell: Callable[[Turn], Awaitable[None]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._periods = periods
        self._ledger = ledger
        self._talks = talks
        self._tell = tell
        self._next_at: datetime | None = None
        self.woken = asyncio.Event()

    async def restore(self) -> None:
        """Erase again what an older backup has brought back, and make file and database know the same.

        Called before anything is served. Raises what the store and the file raise: who cannot know what was
        erased must not begin.
        """
        now = self._clock.now()
        written = self._ledger.read()
        async with self._store.work() as work:
            known = await work.erasing.ledger()
            lost = _without(written, known)
            count = await work.erasing.again(lost, now, talks=self._talks) if lost else 0
            await work.commit()
        self._ledger.add(_without([*known, *work.erasing.done], written))
        if count:
            logger.warning("what was erased has come back and is erased again", extra={"count": count})
        if lost:
            await truncate_log(self._store.engine)

    def note(self, erased: Sequence[Erased]) -> None:
        """After a commit that has erased something. A file that cannot be written is made up for later."""
        if not erased:
            return
        try:
            self._ledger.add(erased)
        except OSError:
            logger.exception("an erasure could not be written into the ledger")
        self.woken.set()

    async def round(self) -> None:
        """Sweep when it is time, and empty the log after every erasure; a busy database waits."""
        now = self._clock.now()
        self._next_at = self._next_at or now + SETTLING
        try:
            if now >= self._next_at:
                await self.sweep()
                self._next_at = now + EVERY
            elif self.woken.is_set():
                self.woken.clear()
                await truncate_log(self._store.engine)
        except FAULTS:
            logger.exception("not everything could be erased")

    async def sweep(self) -> dict[str, int]:
        """Erase everything that is due; how much, by rule. Raises what the store raises."""
        counts = {"deletions": await self._finish_deletions()}
        for rule in RULES:
            counts[rule.name] = await self._sweep(rule)
        self.woken.clear()
        await truncate_log(self._store.engine)
        return counts

    async def count(self) -> dict[str, int]:
        """What `sweep` would look at now, by rule; nothing is changed."""
        now = self._clock.now()
        async with self._store.work() as work:
            waiting = await work.deletions.waiting()
            counts = {"deletions": sum(each.due_at <= now for each in waiting)}
            for rule in RULES:
                counts[rule.name] = await work.sweeping.count(rule, self._periods, now)
        return counts

    async def _sweep(self, rule: Rule) -> int:
        count, last = 0, None
        while True:
            async with self._store.work() as work:
                if not await work.sweeping.begin():
                    return count
                some, last = await work.sweeping.erase(
                    rule, self._periods, self._clock.now(), talks=self._talks, after=last
                )
                await work.commit()
            self.note(work.erasing.done)
            count += some
            if last is None:
                return count

    async def _finish_deletions(self) -> int:
        """One transaction a wish: a fault with one leaves the others alone."""
        async with self._store.work() as work:
            waiting = await work.deletions.waiting()
        count = 0
        for deletion in waiting:
            async with self._store.work() as work:
                if not await work.sweeping.begin():
                    return count
                turn = Turn(work, self._clock.now())
                if await finish_deletion(work, deletion, talks=self._talks, now=turn.now):
                    count += 1
                await self._tell(turn)
                await work.commit()
            self.note(work.erasing.done)
        return count


def _without(these: Sequence[Erased], those: Sequence[Erased]) -> list[Erased]:
    known = {(each.kind, each.subject) for each in those}
    return [each for each in these if (each.kind, each.subject) not in known]

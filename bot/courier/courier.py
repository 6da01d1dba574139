"""The courier: sends what the outbox holds, in order for each chat, as fast as Telegram allows."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.methods import TelegramMethod
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.courier.calls import DELETE_MANY, MANY, Call, Outcome, Result, call_of, result_of, result_of_error
from bot.courier.pace import Pace
from referrals.storage.leadership import Leadership
from referrals.storage.outbox import Parcel
from referrals.storage.work import Store, UnitOfWork

logger = logging.getLogger(__name__)

AT_ONCE = 30  # parcels looked at together; a little over what one second allows
SLOWEST = 60.0  # seconds between two tries of one call
IDLE = 1.0  # seconds between looks while nothing wakes us
TRY = 20.0  # seconds one call may take
DELETABLE = timedelta(hours=48)  # how old a message may be that Telegram lets a bot delete


class Courier:
    """The only one that speaks to Telegram, apart from asking it for updates."""

    def __init__(self, store: Store, bot: Bot, clock: Clock) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._pace = Pace()
        self._leadership = Leadership(store.engine)
        self._woken = asyncio.Event()
        self._instant: asyncio.Queue[TelegramMethod[bool]] = asyncio.Queue()

    def wake(self) -> None:
        """Something was committed to the outbox."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled; of several processes over one database, one sends."""
        try:
            while True:
                await self._turn()
        finally:
            await self._leadership.release()

    async def _turn(self) -> None:
        self._woken.clear()
        try:
            free_at = await self.step() if await self._leadership.holds() else None
        except (SQLAlchemyError, OSError) as error:
            logger.exception("the outbox cannot be worked", exc_info=error)
            free_at = None
        now = self._clock.now()
        pause = IDLE if free_at is None else min(max((free_at - now).total_seconds(), 0.0), IDLE)
        if pause > 0:
            await self._clock.wait(self._woken, pause)

    async def step(self) -> datetime | None:
        """Send what is due and allowed. Returns when to look again; None when nothing is waiting."""
        now = self._clock.now()
        async with self._store.work() as work:
            due = await work.outbox.due(now, AT_ONCE)
            parcels = [await self._fill(work, parcel, now) for parcel in due]
            calls = [(parcel, await self._prepare(work, parcel)) for parcel in parcels]
            next_due_at = await work.outbox.next_due_at()
            await work.commit()
        ready: list[tuple[Parcel, Call]] = []
        held: list[datetime] = []
        for parcel, call in calls:
            free_at = self._pace.free_at(parcel.chat_id, now)
            if free_at > now:
                held.append(free_at)
            elif call is not None:
                self._pace.spoke(parcel.chat_id, now)
                ready.append((parcel, call))
        if ready:
            results = await asyncio.gather(*(self._send(call) for _, call in ready))
            await self._keep([(parcel, result) for (parcel, _), result in zip(ready, results, strict=True)])
            return now
        return min(held, default=next_due_at)

    async def _fill(self, work: UnitOfWork, parcel: Parcel, now: datetime) -> Parcel:
        """Which messages to delete is known only when those before it are sent."""
        if parcel.method != DELETE_MANY or "message_ids" in parcel.parameters:
            return parcel
        sent = await work.traces.sent_before(parcel.chat_id, parcel.position, now - DELETABLE)
        return replace(parcel, parameters={**parcel.parameters, "message_ids": sent[:MANY]})

    async def _prepare(self, work: UnitOfWork, parcel: Parcel) -> Call | None:
        if parcel.method == DELETE_MANY and not parcel.parameters["message_ids"]:
            await work.outbox.sent(parcel, self._clock.now(), message_id=None)
            return None
        earlier = None if parcel.edits is None else await work.outbox.find(parcel.edits)
        try:
            return call_of(parcel, earlier)
        except (ValidationError, ValueError) as error:
            logger.error("a message cannot be built", extra={"row": parcel.position})  # noqa: TRY400 - no data
            await work.outbox.bury(parcel, reason=type(error).__name__)
            return None

    async def _send(self, call: Call) -> Result:
        try:
            async with asyncio.timeout(TRY + 5):
                return result_of(await self._bot(call, request_timeout=int(TRY)), call)
        except Exception as error:  # noqa: BLE001 - every failure of a call has an outcome
            return result_of_error(error, call)

    async def _keep(self, results: list[tuple[Parcel, Result]]) -> None:
        async with self._store.work() as work:
            for parcel, result in results:
                await self._settle(work, parcel, result)
            await work.commit()

    async def _settle(self, work: UnitOfWork, parcel: Parcel, result: Result) -> None:
        now = self._clock.now()
        match result.outcome:
            case Outcome.DONE:
                await work.outbox.sent(parcel, now, message_id=result.message_id)
            case Outcome.QUIET:
                until = now + timedelta(seconds=result.seconds)
                self._pace.refused(parcel.chat_id, until, now)
                await work.outbox.postpone(parcel, until, reason=result.reason)
            case Outcome.AGAIN:
                due_at = now + timedelta(seconds=min(2.0**parcel.attempts, SLOWEST))
                await work.outbox.postpone(parcel, due_at, reason=result.reason)
            case Outcome.MOVED:
                await work.outbox.move_chat(parcel.chat_id, result.chat_id)
            case Outcome.AS_NEW:
                await work.outbox.make_new(parcel)
            case Outcome.HALVES:
                await work.outbox.halve(parcel, "message_ids", now)
            case Outcome.GONE:
                await work.persons.mark_reachable(parcel.chat_id, reachable=False)
                await work.outbox.give_up_chat(parcel.chat_id, reason=result.reason)
            case Outcome.REFUSED:
                logger.error("Telegram refused a message", extra={"row": parcel.position})
                await work.outbox.bury(parcel, reason=result.reason)

    def try_once(self, call: TelegramMethod[bool]) -> None:
        """Answer a press or show that we type: one try, no pacing, no loss if it fails."""
        self._instant.put_nowait(call)

    async def run_instant(self) -> None:
        """Make the instant calls until cancelled."""
        while True:
            await self.step_instant(await self._instant.get())

    async def step_instant(self, call: TelegramMethod[bool] | None = None) -> None:
        """Make one instant call, or all that wait."""
        while call is not None or not self._instant.empty():
            call = call or self._instant.get_nowait()
            try:
                await self._bot(call, request_timeout=5)
            except Exception as error:  # noqa: BLE001 - it was worth one try
                logger.info("an instant call failed", extra={"reason": type(error).__name__})
            call = None

    async def speak_now(self, call: Call) -> int | None:
        """The direct path of a cry for help: no database, outbox or pacing. Raises what Telegram raises.

        Returns the number of the message that was sent.
        """
        return result_of(await self._bot(call, request_timeout=int(TRY)), call).message_id

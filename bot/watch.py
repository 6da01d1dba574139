"""The watch over the queue: a round a minute, one transaction each."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.alerts import Alerts
from bot.anchors import ANCHORS, write_anchor
from bot.clock import Clock
from bot.digests import Digests
from bot.intake.worker import Turn
from bot.settings import Settings
from bot.staff.cards import Links
from knowledge.library import Library
from referrals.audit import Anchor
from referrals.errors import KeyUnknown, ReferralError, Tampered
from referrals.hours import ZONE
from referrals.staffing import hand_back_all
from referrals.storage.work import Store

EVERY = 60.0  # seconds: "at once" for a case that cannot wait
# Somebody changed a case meanwhile, the database is away, a cell does not open: none stops the bot.
FAULTS = (SQLAlchemyError, OSError, ReferralError, KeyUnknown, Tampered)
logger = logging.getLogger(__name__)


class Watch:
    """Looks at the queue and tells whoever has to know."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        library: Library,
        *,
        links: Links,
        clock: Clock,
        tell: Callable[[Turn], Awaitable[None]],
        wake: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._store = store
        self._library = library
        self._links = links
        self._clock = clock
        self._tell = tell
        self._wake = wake

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await self.round()
            await self._clock.sleep(EVERY)

    async def round(self) -> None:
        """One look; a database that is busy is looked at again in the next one."""
        try:
            anchor = await self._look()
        except FAULTS:
            logger.exception("the queue could not be watched")
            return
        self._wake()
        if anchor is not None:
            self._write_down(anchor)

    async def _look(self) -> Anchor | None:
        """Everything that is due, in one transaction. Returns the audit's anchor of the day."""
        now = self._clock.now()
        async with self._store.work() as work:
            if not await work.watching.begin():
                return None
            turn = Turn(work, now)
            for worker in await work.watching.abandoned():
                await hand_back_all(work, worker, by=None, now=now)
            await self._tell(turn)
            anchor = await work.audit.anchor(now.astimezone(ZONE).date().isoformat())
            alerts = Alerts(work, self._library, self._settings.hours, now, await work.staff.active())
            await alerts.about_cases()
            await alerts.about_openings()
            await Digests(alerts, self._settings.desk_chats, self._links, anchor).send()
            await work.commit()
        return anchor

    def _write_down(self, anchor: Anchor) -> None:
        """Into the file and the log, where whoever can write to the database cannot change it."""
        try:
            if write_anchor(self._settings.data_dir / ANCHORS, anchor):
                fields = {"day": anchor.day, "row": anchor.position, "digest": anchor.digest.hex()}
                logger.info("the end of the audit", extra=fields)
        except (OSError, ValueError):
            logger.exception("the end of the audit could not be written down")

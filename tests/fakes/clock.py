"""Time that stands still until it is told to go on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class FakeClock:
    """A clock whose sleeping costs nothing."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        """What it shows."""
        return self._now

    def advance(self, delta: timedelta) -> None:
        """Let time go by."""
        self._now += delta

    async def sleep(self, seconds: float) -> None:
        """Let time go by."""
        self._now += timedelta(seconds=seconds)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Let time go by unless the event has happened."""
        if not event.is_set():
            await self.sleep(seconds)

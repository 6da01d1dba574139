"""Who waits for news: a bot that polls, and pages that look on."""

from __future__ import annotations

import asyncio


class Hub:
    """Wakes every waiter when something has happened."""

    def __init__(self) -> None:
        self._updates = asyncio.Event()
        self._pages: set[asyncio.Event] = set()

    def new_update(self) -> None:
        """An update waits for the bot."""
        self._updates.set()
        self.changed()

    def changed(self) -> None:
        """A chat looks different."""
        for page in self._pages:
            page.set()

    async def wait_for_update(self, seconds: float) -> None:
        """Until there is an update, but no longer."""
        self._updates.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._updates.wait()
        except TimeoutError:
            return

    def open_page(self) -> asyncio.Event:
        """A page begins to look on."""
        page = asyncio.Event()
        page.set()
        self._pages.add(page)
        return page

    def close_page(self, page: asyncio.Event) -> None:
        """It has looked away."""
        self._pages.discard(page)

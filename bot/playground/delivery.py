"""Bringing updates to a webhook: in order, again and again until it answers 2xx."""

from __future__ import annotations

import asyncio

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.playground.cast import Json
from bot.playground.hub import Hub
from bot.playground.store import Store

PATIENCE = 10.0  # seconds an answer may take
SLOWEST = 2.0  # seconds between tries; the real one waits longer, tests should not


class Delivery:
    """One task that looks whether there is a webhook and something to bring."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store = store
        self._hub = hub

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
            wait = 0.05
            while True:
                url = self._store.find("webhook", "url")
                updates = self._store.updates(None, 1) if url else []
                if not updates:
                    await self._hub.wait_for_update(0.5)
                elif await self._bring(session, str(url), updates[0]):
                    wait = 0.05
                else:
                    await asyncio.sleep(wait)
                    wait = min(wait * 2, SLOWEST)

    async def _bring(self, session: ClientSession, url: str, update: Json) -> bool:
        secret = self._store.find("webhook", "secret")
        headers = {"X-Telegram-Bot-Api-Secret-Token": str(secret)} if secret else {}
        try:
            async with session.post(url, json=update, headers=headers) as answer:
                taken = 200 <= answer.status < 300
        except (ClientError, OSError, TimeoutError):
            return False
        if taken:
            self._store.drop_update(int(str(update["update_id"])))
        return taken

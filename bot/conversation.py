"""aiogram's view of where a talk stands, kept in the transaction of the update that is being handled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.clock import Clock
from referrals.storage.work import current_work


class ConversationStorage(BaseStorage):
    """Joins the unit of work that the inbox's worker has opened around the dispatcher."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep the state's name."""
        body = await self._read(key)
        name = state.state if isinstance(state, State) else state
        await self._write(key, {**body, "state": name} if name else _without(body, "state"))

    async def get_state(self, key: StorageKey) -> str | None:
        """The state's name."""
        state = (await self._read(key)).get("state")
        return state if isinstance(state, str) else None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep what the talk remembers."""
        body = await self._read(key)
        await self._write(key, {**body, "data": dict(data)} if data else _without(body, "data"))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """What the talk remembers."""
        data = (await self._read(key)).get("data")
        return data if isinstance(data, dict) else {}

    async def close(self) -> None:
        """Nothing to close: the store is closed by whoever opened it."""

    async def _read(self, key: StorageKey) -> dict[str, object]:
        return await current_work().conversations.read(_name(key))

    async def _write(self, key: StorageKey, body: dict[str, object]) -> None:
        await current_work().conversations.write(_name(key), body, self._clock.now())


def talks_of(bot_id: int, telegram_id: int) -> list[str]:
    """The keys of everything that is remembered of a private chat."""
    chat = StorageKey(bot_id=bot_id, chat_id=telegram_id, user_id=telegram_id)
    return [_name(chat), f"check:{telegram_id}"]


def _name(key: StorageKey) -> str:
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}:{key.thread_id}:{key.destiny}"


def _without(body: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in body.items() if key != name}

"""How fast Telegram may be spoken to. Asked before each call, told after each refusal."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

ALL_CHATS = 25  # calls a second over all chats; Telegram's bulk limit is about 30
ONE_CHAT = timedelta(seconds=1)  # between two calls in one chat
GROUP_MINUTE = 20  # calls a minute in one group
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Pace:
    """Remembers when we spoke, and when Telegram asked us to be quiet."""

    def __init__(self) -> None:
        self._all: deque[datetime] = deque()
        self._chats: dict[int, deque[datetime]] = {}
        self._quiet: dict[int, datetime] = {}
        self._all_quiet: datetime | None = None

    def free_at(self, chat_id: int, now: datetime) -> datetime:
        """The earliest moment a call in this chat is welcome; `now` or earlier means at once."""
        self._forget(now)
        moments = [now]
        if self._all_quiet is not None:
            moments.append(self._all_quiet)
        if chat_id in self._quiet:
            moments.append(self._quiet[chat_id])
        if len(self._all) >= ALL_CHATS:
            moments.append(self._all[-ALL_CHATS] + SECOND)
        spoken = self._chats.get(chat_id)
        if spoken:
            moments.append(spoken[-1] + ONE_CHAT)
            if chat_id < 0 and len(spoken) >= GROUP_MINUTE:
                moments.append(spoken[-GROUP_MINUTE] + MINUTE)
        return max(moments)

    def spoke(self, chat_id: int, now: datetime) -> None:
        """Note a call, whether or not Telegram took it."""
        self._all.append(now)
        self._chats.setdefault(chat_id, deque(maxlen=GROUP_MINUTE)).append(now)

    def refused(self, chat_id: int, until: datetime, now: datetime) -> None:
        """Telegram answered 429: this chat is quiet until then; two chats at once mean all are."""
        others = any(when > now for chat, when in self._quiet.items() if chat != chat_id)
        self._quiet[chat_id] = max(until, self._quiet.get(chat_id, until))
        if others:
            self._all_quiet = max(until, self._all_quiet or until)

    def _forget(self, now: datetime) -> None:
        while self._all and self._all[0] <= now - SECOND:
            self._all.popleft()
        if len(self._chats) > 1000:  # chats; keep memory flat under many persons
            self._chats = {chat: said for chat, said in self._chats.items() if said[-1] > now - MINUTE}
        self._quiet = {chat: when for chat, when in self._quiet.items() if when > now}
        if self._all_quiet is not None and self._all_quiet <= now:
            self._all_quiet = None

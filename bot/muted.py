"""A bot that cannot speak: what handlers get, so that nothing is said past the outbox."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import NoReturn

from aiogram import Bot
from aiogram.client.session.base import BaseSession


class SpokenPastTheOutbox(RuntimeError):
    """A handler called the Bot API itself; only the courier may."""


class MutedSession(BaseSession):
    """Refuses every call."""

    async def make_request(self, *_args: object, **_options: object) -> NoReturn:
        """Raise SpokenPastTheOutbox."""
        raise SpokenPastTheOutbox

    async def stream_content(self, *_args: object, **_options: object) -> AsyncGenerator[bytes, None]:
        """Raise SpokenPastTheOutbox."""
        raise SpokenPastTheOutbox
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


def muted_bot(bot: Bot) -> Bot:
    """The same bot by its token, unable to call."""
    return Bot(bot.token, session=MutedSession())

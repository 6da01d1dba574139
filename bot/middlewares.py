"""What every update goes through before a handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import BaseMiddleware, F
from aiogram.filters import Command, Filter
from aiogram.types import TelegramObject, Update
from magic_filter import MagicFilter

from bot.intake.worker import Turn
from bot.language import speaking
from bot.visit import begin_visit

Data = dict[str, object]


class When(Filter):
    """A magic filter that runs here: aiogram sends a bare one to a thread, many times slower."""

    def __init__(self, rule: MagicFilter) -> None:
        self._rule = rule

    async def __call__(self, event: TelegramObject) -> bool | Data:
        """Whether the event fits; a rule with a name (`F.text.as_("question")`) hands over what it found."""
        found = self._rule.resolve(event)
        return found if isinstance(found, dict) else bool(found)


def command(name: str) -> Command:
    """A command, also with a bot's name behind it: asking Telegram for ours would be a call."""
    return Command(name, ignore_mention=True)


# What belongs to what was asked before. A command never does: who types /delete means it, wherever they are.
TYPED = When(~F.text.startswith("/")), When(F.text.as_("text"))


class VisitMiddleware(BaseMiddleware):
    """Finds out who is acting, speaks their language, and stops the clock of every pressed button."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, Data], Awaitable[object]],
        event: TelegramObject,
        data: Data,
    ) -> object:
        """Hand over `visit`; what comes from nobody is let go."""
        turn = data["turn"]
        if not isinstance(event, Update) or not isinstance(turn, Turn):
            return None
        visit = await begin_visit(event, turn)
        if visit is None:
            return None
        data["visit"] = visit
        with speaking(visit.language):
            result = await handler(event, data)
        visit.close_press()
        return result

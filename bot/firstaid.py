"""The direct path of a cry for help: no database, no outbox, no pacing; static words and numbers."""

from __future__ import annotations

from aiogram.methods import AnswerCallbackQuery

from bot.courier.calls import SEND, typed
from bot.courier.courier import Courier
from bot.intake.raw import Cry
from bot.language import guess_language
from bot.views.sos import sos_view
from knowledge.library import Library


class FirstAid:
    """Answers /sos and its button before anything is stored."""

    def __init__(self, library: Library, courier: Courier) -> None:
        self._library = library
        self._courier = courier

    async def __call__(self, cry: Cry) -> int | None:
        """Send the panel now, in the language Telegram names; its number. Raises what Telegram raises."""
        screen = sos_view(self._library.shown_helplines(None), guess_language(cry.language_code))
        sent = await self._courier.speak_now(typed(SEND, {**screen.parameters(), "chat_id": cry.chat_id}))
        if cry.callback_id is not None:
            self._courier.try_once(AnswerCallbackQuery(callback_query_id=cry.callback_id))
        return sent

"""What nothing else answers: never silence."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.views.start import only_text_view, outdated_button_view
from bot.visit import Visit


def setup() -> Router:
    """The last router."""
    router = Router(name="other")
    router.message.register(not_text)
    router.edited_message.register(not_text)
    router.callback_query.register(unknown_button)
    return router


async def not_text(_message: Message, visit: Visit) -> None:
    """A photo, a sticker, a voice message."""
    await visit.show(only_text_view())


async def unknown_button(_press: CallbackQuery, visit: Visit) -> None:
    """A button of a version that is gone, or one that was never ours."""
    await visit.show(outdated_button_view())

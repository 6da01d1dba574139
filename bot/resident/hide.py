"""Hiding the chat from whoever picks up the phone: at once, without a question, and saying little."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons import Go
from bot.buttons.privacy import Hide
from bot.courier.calls import DELETE_MANY, MANY
from bot.courier.courier import DELETABLE
from bot.middlewares import command
from bot.views.hide import draft_gone_view, hidden_view
from bot.views.screen import Json
from bot.visit import Visit
from referrals.erasing import Talks


def setup() -> Router:
    """Routes of hiding."""
    router = Router(name="hide")
    router.message.register(hide, command("hide"))
    router.callback_query.register(hide, Go.filter(F.to == "hide"))
    router.callback_query.register(delete_draft, Hide.filter(F.do == "draft"))
    return router


async def hide(_event: Message | CallbackQuery, visit: Visit, talks: Talks) -> None:
    """Every message that Telegram lets us delete; the form stays, the talk does not."""
    await clear_chat(visit)
    await visit.work.erasing.talks(talks(visit.telegram_id))
    draft = await visit.work.drafts.find(visit.person.id)
    await visit.show(hidden_view(has_draft=draft is not None))


async def delete_draft(_press: CallbackQuery, visit: Visit) -> None:
    """The form as well."""
    await visit.work.erasing.draft(visit.person.id, visit.now)
    await visit.replace(draft_gone_view())


async def clear_chat(visit: Visit, *, forget: bool = False) -> None:
    """Ask Telegram to delete what it lets us, newest first, then what was on its way meanwhile."""
    numbers = await visit.work.traces.take(visit.chat_id, visit.now - DELETABLE)
    if visit.pressed is not None and visit.pressed not in numbers:
        numbers.insert(0, visit.pressed)
    lists: list[Json] = [
        {"message_ids": numbers[start : start + MANY]} for start in range(0, len(numbers), MANY)
    ]
    for parameters in [*lists, {}]:
        await visit.work.outbox.put(
            visit.chat_id, DELETE_MANY, parameters=parameters, now=visit.now, forget=forget
        )

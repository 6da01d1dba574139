"""The privacy notice, layer by layer."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons import Go
from bot.buttons.privacy import ShowNotice
from bot.middlewares import command
from bot.settings import LegalBasis, Settings
from bot.views.privacy import Keeping, notice_view, part_view
from bot.visit import Visit


def setup() -> Router:
    """Routes of the notice."""
    router = Router(name="privacy")
    router.message.register(notice, command("privacy"))
    router.callback_query.register(notice, Go.filter(F.to == "privacy"))
    router.callback_query.register(part, ShowNotice.filter())
    return router


async def notice(_event: Message | CallbackQuery, visit: Visit) -> None:
    """The first screen."""
    await visit.show(notice_view())


async def part(_press: CallbackQuery, callback_data: ShowNotice, visit: Visit, settings: Settings) -> None:
    """One thing in full, as this installation keeps it."""
    keeping = Keeping(
        controller=settings.privacy.controller,
        dpo=settings.privacy.dpo,
        is_public_task=settings.privacy.basis is LegalBasis.PUBLIC_TASK,
        periods=settings.privacy.periods,
        hours=settings.hours.of(visit.person.area),
    )
    await visit.replace(part_view(callback_data.part, keeping))

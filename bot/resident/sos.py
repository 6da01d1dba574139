"""A cry for help that was not answered on the direct path, and danger told wherever something was asked."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons import SOS
from bot.middlewares import When, command
from bot.views.sos import sos_view
from bot.visit import Visit
from knowledge.library import Library


def setup() -> Router:
    """The command and the button, before everything else."""
    router = Router(name="sos")
    router.message.register(sos, command("sos"))
    router.callback_query.register(sos, When(F.data == SOS))
    return router


async def sos(_event: Message | CallbackQuery, visit: Visit, library: Library) -> None:
    """The panel."""
    await visit.show(sos_view(library.shown_helplines(None), visit.language))


async def meet_danger(text: str, visit: Visit, library: Library) -> str | None:
    """Show the panel where somebody writes of danger in whatever they were asked; its kind, or None."""
    finding = library.find(text, area=visit.person.area, language=visit.language)
    if finding.crisis is not None:
        await visit.show(sos_view(library.helplines_of(finding), visit.language))
    return finding.crisis

"""What people say of the answers, and whether help came after them, for whoever writes the content."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.curator import Remarks, SeeRemarks, ShowRemarks
from bot.middlewares import When, command
from bot.staff.rights import is_allowed
from bot.views.curator import entry_remarks_view, remarks_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act
from referrals.asked import Remarked, by_entry
from referrals.referral import EntryId


def setup() -> Router:
    """Routes of the remarks."""
    router = Router(name="feedback")
    router.message.register(begin, command("feedback"), When(F.chat.type == "private"))
    router.callback_query.register(turn, Remarks.filter())
    router.callback_query.register(show, ShowRemarks.filter())
    router.callback_query.register(see, SeeRemarks.filter())
    return router


async def begin(_message: Message, visit: Visit, library: Library) -> None:
    """Entries, the most doubted first."""
    if await is_allowed(visit, Act.CURATE):
        await visit.show(remarks_view(await _named(visit, library), page=0))


async def turn(_press: CallbackQuery, callback_data: Remarks, visit: Visit, library: Library) -> None:
    """Another page."""
    if await is_allowed(visit, Act.CURATE):
        await visit.replace(remarks_view(await _named(visit, library), page=callback_data.page))


async def show(_press: CallbackQuery, callback_data: ShowRemarks, visit: Visit, library: Library) -> None:
    """What was said of one entry."""
    if not await is_allowed(visit, Act.CURATE):
        return
    for name, entry in await _named(visit, library):
        if entry.entry_id == callback_data.entry:
            await visit.replace(entry_remarks_view(name, entry))


async def see(_press: CallbackQuery, callback_data: SeeRemarks, visit: Visit, library: Library) -> None:
    """What was shown is seen; what came since is not."""
    if not await is_allowed(visit, Act.CURATE):
        return
    until = datetime.fromtimestamp(min(max(callback_data.until, 0), int(visit.now.timestamp())) + 1, UTC)
    await visit.work.remarks.see(EntryId(callback_data.entry), until)
    await visit.replace(remarks_view(await _named(visit, library), page=0))


async def _named(visit: Visit, library: Library) -> list[tuple[str, Remarked]]:
    """With the entries' names. What names no entry of ours was never said with a button of ours."""
    remarked = by_entry(await visit.work.remarks.all())
    known = [(each, library.find_entry(each.entry_id)) for each in remarked]
    return [(entry.short_name(visit.language), each) for each, entry in known if entry is not None]

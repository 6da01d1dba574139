"""What people ask and get no answer to, for whoever writes the content."""

from __future__ import annotations

import asyncio
from uuid import UUID

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.curator import MarkGroup, ShowGroup, Unanswered
from bot.middlewares import When, command
from bot.staff.grouping import Group, group_of, grouped
from bot.staff.rights import is_allowed
from bot.views.curator import group_gone_view, group_view, unanswered_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act
from referrals.asked import KEPT_FOR, Mark


def setup() -> Router:
    """Routes of the unanswered questions."""
    router = Router(name="curator")
    router.message.register(begin, command("unanswered"), When(F.chat.type == "private"))
    router.callback_query.register(turn, Unanswered.filter())
    router.callback_query.register(show, ShowGroup.filter())
    router.callback_query.register(mark, MarkGroup.filter())
    return router


async def begin(_message: Message, visit: Visit, library: Library) -> None:
    """The questions nobody has decided about."""
    if await is_allowed(visit, Act.CURATE):
        groups = await _groups(visit, marked=False)
        await visit.show(unanswered_view(groups, _areas(visit, library), page=0, marked=False))


async def turn(_press: CallbackQuery, callback_data: Unanswered, visit: Visit, library: Library) -> None:
    """Another page, or the other list."""
    if await is_allowed(visit, Act.CURATE):
        await _list(visit, library, page=callback_data.page, marked=callback_data.marked)


async def show(_press: CallbackQuery, callback_data: ShowGroup, visit: Visit, library: Library) -> None:
    """One group; if it is gone, what is there now."""
    if not await is_allowed(visit, Act.CURATE):
        return
    group = await _find(visit, callback_data.question, marked=callback_data.marked)
    if group is None:
        visit.toast(group_gone_view(), alert=True)
        await _list(visit, library, page=0, marked=callback_data.marked)
        return
    await visit.replace(group_view(group, _areas(visit, library), marked=callback_data.marked))


async def mark(_press: CallbackQuery, callback_data: MarkGroup, visit: Visit, library: Library) -> None:
    """Decide about a whole group at once."""
    if not await is_allowed(visit, Act.CURATE):
        return
    group = await _find(visit, callback_data.question, marked=callback_data.marked)
    wanted = Mark(callback_data.to) if callback_data.to in set(Mark) else None
    if group is None:
        visit.toast(group_gone_view(), alert=True)
    elif wanted is not None or not callback_data.to:
        await visit.work.questions.mark([each.id for each in group.questions], wanted)
    await _list(visit, library, page=0, marked=callback_data.marked)


async def _list(visit: Visit, library: Library, *, page: int, marked: bool) -> None:
    groups = await _groups(visit, marked=marked)
    await visit.replace(unanswered_view(groups, _areas(visit, library), page=page, marked=marked))


async def _find(visit: Visit, question: UUID, *, marked: bool) -> Group | None:
    return group_of(await _groups(visit, marked=marked), question)


async def _groups(visit: Visit, *, marked: bool) -> list[Group]:
    questions = await visit.work.questions.unanswered(visit.now - KEPT_FOR, marked=marked)
    return await asyncio.to_thread(grouped, questions)


def _areas(visit: Visit, library: Library) -> dict[str, str]:
    return dict(library.area_names(visit.language))

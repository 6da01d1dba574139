"""Deleting everything about a person: now, or what is open in time."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons.privacy import Erase
from bot.courier.calls import EDIT, SEND
from bot.middlewares import command
from bot.resident.hide import clear_chat
from bot.settings import Settings
from bot.views.deleting import (
    Deletable,
    cleared_view,
    delete_view,
    deleted_view,
    kept_view,
    rest_deleted_view,
    stays_view,
    sure_view,
)
from bot.views.screen import Screen
from bot.visit import Visit
from referrals.erasing import Talks, delete_all, delete_rest
from referrals.referral import OPEN


def setup() -> Router:
    """Routes of deleting; each choice is asked once more."""
    router = Router(name="deleting")
    router.message.register(delete, command("delete"))
    router.callback_query.register(make_sure, Erase.filter(F.do.in_({"all", "rest"})))
    router.callback_query.register(delete_everything, Erase.filter(F.do.in_({"all-surely", "all-hide"})))
    router.callback_query.register(delete_what_is_over, Erase.filter(F.do == "rest-surely"))
    router.callback_query.register(keep, Erase.filter(F.do == "keep"))
    return router


async def delete(_message: Message, visit: Visit, settings: Settings) -> None:
    """What would be deleted, and the choice."""
    await visit.show(delete_view(await _found(visit, settings)))


async def make_sure(_press: CallbackQuery, callback_data: Erase, visit: Visit, settings: Settings) -> None:
    """Once more."""
    await visit.replace(sure_view(callback_data.do, await _found(visit, settings)))


async def delete_everything(
    _press: CallbackQuery,
    callback_data: Erase,
    visit: Visit,
    settings: Settings,
    talks: Talks,
    state: FSMContext,
) -> None:
    """Gone, with the account; the last words are forgotten as soon as they are sent."""
    clears = callback_data.do == "all-hide"
    if clears:
        await clear_chat(visit, forget=True)
    await state.clear()
    wait = settings.privacy.periods["deletion"].length
    is_gone = await delete_all(visit.work, visit.person, talks=talks, wait=wait, now=visit.now)
    if not is_gone:
        await (visit.show(kept_view()) if clears else visit.replace(kept_view()))
    elif clears:
        await _say_last(visit, cleared_view(), replace=False)
    else:
        await _say_last(visit, deleted_view(), replace=True)


async def delete_what_is_over(
    _press: CallbackQuery, visit: Visit, settings: Settings, state: FSMContext
) -> None:
    """The open ones go when they are over, or in time."""
    await state.clear()
    wait = settings.privacy.periods["deletion"].length
    deletion = await delete_rest(visit.work, visit.person, wait=wait, now=visit.now)
    await visit.replace(rest_deleted_view(deletion.due_at))


async def keep(_press: CallbackQuery, visit: Visit) -> None:
    """The person wants to stay."""
    await visit.work.deletions.drop(visit.person.id)
    await visit.replace(stays_view())


async def _say_last(visit: Visit, screen: Screen, *, replace: bool) -> None:
    """Into the outbox, from where it goes without a trace."""
    method, parameters = SEND, screen.parameters()
    if replace and visit.pressed is not None:
        method = EDIT
        parameters = {**parameters, "message_id": visit.pressed}
        parameters.pop("reply_markup", None)
    await visit.work.outbox.put(visit.chat_id, method, parameters=parameters, now=visit.now, forget=True)


async def _found(visit: Visit, settings: Settings) -> Deletable:
    theirs = await visit.work.holds.of_person(visit.person.id)
    deletion = await visit.work.deletions.find(visit.person.id)
    draft = await visit.work.drafts.find(visit.person.id)
    return Deletable(
        open=[each for each in theirs if each.status in OPEN],
        over=sum(each.status not in OPEN and not each.held for each in theirs),
        held=sum(each.held for each in theirs),
        has_draft=draft is not None,
        at_latest=deletion.due_at if deletion else visit.now + settings.privacy.periods["deletion"].length,
        asked_at=deletion.asked_at if deletion else None,
    )

"""Probable duplicates of a case: looked at side by side, marked or dismissed by hand."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.buttons.case import CaseDo, short
from bot.staff.cards import Cards
from bot.staff.casework import TWINS, at_hand, open_and_show, present
from bot.views.desk import closed_view
from bot.views.twins import dismissed_view, marked_view, twins_view
from bot.visit import Visit
from referrals.access import Act
from referrals.duplicates import Twin, dismiss, find_twins, mark
from referrals.errors import NotAllowed
from referrals.referral import Referral


def setup() -> Router:
    """Routes of duplicates."""
    router = Router(name="twins")
    router.callback_query.register(show, CaseDo.filter(F.do == "twins"))
    router.callback_query.register(mark_it, CaseDo.filter(F.do == "same"))
    router.callback_query.register(dismiss_it, CaseDo.filter(F.do == "other"))
    return router


async def show(_press: CallbackQuery, callback_data: CaseDo, visit: Visit) -> None:
    """What may be the same, and why."""
    referral = await at_hand(visit, callback_data, Act.MARK_DUPLICATE)
    if referral is not None:
        twins = await find_twins(visit.work, visit.worker, referral, limit=TWINS)
        await visit.replace(twins_view(referral, twins, visit.now))


async def mark_it(
    _press: CallbackQuery, callback_data: CaseDo, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """It is the same: this one ends, the other goes on."""
    referral = await at_hand(visit, callback_data, Act.MARK_DUPLICATE)
    if referral is None:
        return
    twin = await _twin(visit, referral, callback_data.value)
    if twin is None:  # the suggestion is older than the present state
        await open_and_show(visit, referral.id, cards, state, replace=True)
        return
    try:
        marked = await mark(visit.work, visit.worker, referral.id, twin.referral, now=visit.now)
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
        await open_and_show(visit, referral.id, cards, state, replace=True)
    else:
        hint = marked_view(marked, twin.referral.reference)
        await present(visit, marked, cards, state, replace=True, hint=hint)


async def dismiss_it(
    _press: CallbackQuery, callback_data: CaseDo, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """It is another one: not suggested again."""
    referral = await at_hand(visit, callback_data, Act.MARK_DUPLICATE)
    if referral is None:
        return
    twin = await _twin(visit, referral, callback_data.value)
    hint = ""
    if twin is not None:
        await dismiss(visit.work, visit.worker, referral.id, twin.referral, now=visit.now)
        hint = dismissed_view(twin.referral.reference)
    await present(visit, referral, cards, state, replace=True, hint=hint)


async def _twin(visit: Visit, referral: Referral, name: str) -> Twin | None:
    """The suggestion of a button, among those that are made now."""
    twins = await find_twins(visit.work, visit.worker, referral, limit=TWINS)
    return next((each for each in twins if short(each.referral.id) == name), None)

"""Handing a case over to a colleague or to another desk."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.buttons.case import CaseDo, short
from bot.staff.cards import Cards
from bot.staff.casework import at_hand, open_and_show
from bot.views.desk import closed_view
from bot.views.handover import (
    cannot_receive_view,
    handed_over_view,
    receivers_view,
    to_area_view,
    to_colleague_view,
)
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act
from referrals.errors import NotAllowed
from referrals.handover import hand_to_area, hand_to_colleague, receivers
from referrals.person import Worker
from referrals.referral import Area, Referral


def setup() -> Router:
    """Routes of handing over."""
    router = Router(name="handing")
    router.callback_query.register(choose, CaseDo.filter(F.do == "over"))
    router.callback_query.register(ask_colleague, CaseDo.filter(F.do == "to"))
    router.callback_query.register(give_to_colleague, CaseDo.filter(F.do == "to!"))
    router.callback_query.register(ask_area, CaseDo.filter(F.do == "area"))
    router.callback_query.register(give_to_area, CaseDo.filter(F.do == "area!"))
    return router


async def choose(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, library: Library) -> None:
    """To whom."""
    referral = await at_hand(visit, callback_data, Act.HAND_OVER)
    if referral is not None:
        await _show_choice(visit, referral, library)


async def ask_colleague(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, library: Library) -> None:
    """Once more; whoever cannot receive it any more is not offered."""
    referral = await at_hand(visit, callback_data, Act.HAND_OVER)
    if referral is None:
        return
    colleague = await _colleague(visit, referral, callback_data.value)
    if colleague is None:
        visit.toast(cannot_receive_view(), alert=True)
        await _show_choice(visit, referral, library)
        return
    await visit.replace(to_colleague_view(referral, colleague))


async def give_to_colleague(
    _press: CallbackQuery,
    callback_data: CaseDo,
    visit: Visit,
    library: Library,
    cards: Cards,
    state: FSMContext,
) -> None:
    """Make the colleague its owner."""
    referral = await at_hand(visit, callback_data, Act.HAND_OVER)
    if referral is None:
        return
    colleague = await _colleague(visit, referral, callback_data.value)
    if colleague is None:
        visit.toast(cannot_receive_view(), alert=True)
        await _show_choice(visit, referral, library)
        return
    try:
        given = await hand_to_colleague(visit.work, visit.worker, referral.id, colleague.id, now=visit.now)
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
        await open_and_show(visit, referral.id, cards, state, replace=True)
    else:
        await visit.replace(handed_over_view(given, colleague.name))


async def ask_area(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, library: Library) -> None:
    """Once more."""
    referral = await at_hand(visit, callback_data, Act.HAND_OVER)
    name = dict(library.area_names(visit.language)).get(callback_data.value)
    if referral is not None and name is not None:
        await visit.replace(to_area_view(referral, callback_data.value, name))


async def give_to_area(
    _press: CallbackQuery,
    callback_data: CaseDo,
    visit: Visit,
    library: Library,
    cards: Cards,
    state: FSMContext,
) -> None:
    """Make it the other desk's."""
    referral = await at_hand(visit, callback_data, Act.HAND_OVER)
    name = dict(library.area_names(visit.language)).get(callback_data.value)
    if referral is None or name is None:
        return
    area = Area(callback_data.value)
    try:
        given = await hand_to_area(visit.work, visit.worker, referral.id, area, now=visit.now)
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
        await open_and_show(visit, referral.id, cards, state, replace=True)
    else:
        await visit.replace(handed_over_view(given, name))


async def _show_choice(visit: Visit, referral: Referral, library: Library) -> None:
    colleagues = receivers(await visit.work.workers.active(), referral)
    await visit.replace(receivers_view(referral, colleagues, library.area_names(visit.language)))


async def _colleague(visit: Visit, referral: Referral, name: str) -> Worker | None:
    """The colleague of a button, among those who can receive the case now."""
    able = receivers(await visit.work.workers.active(), referral)
    return next((each for each in able if short(each.id) == name), None)

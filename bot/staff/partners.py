"""Referring onward: the person is asked first, and the text for the partner is made only after a yes."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.buttons.case import CaseDo, OpenPartner, short
from bot.courier.calls import SEND
from bot.language import DEFAULT, speaking
from bot.staff.cards import Cards
from bot.staff.casework import at_hand, is_opened, open_and_show, refuse
from bot.views.desk import closed_view
from bot.views.letters import discreet_news_view
from bot.views.partners import (
    ask_first_view,
    asked_view,
    cannot_ask_view,
    no_consent_view,
    partner_text_view,
    partners_view,
    question_view,
)
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act
from referrals.errors import ConsentMissing, Forbidden, NotAllowed, NotSafe
from referrals.onward import Onward, ask_person, tell_partner
from referrals.referral import Referral


def setup() -> Router:
    """Routes of referring onward."""
    router = Router(name="partners")
    router.callback_query.register(choose, CaseDo.filter(F.do == "onward"))
    router.callback_query.register(ask_first, CaseDo.filter(F.do == "partner"))
    router.callback_query.register(ask, CaseDo.filter(F.do == "ask"))
    router.callback_query.register(show_text, OpenPartner.filter())
    return router


async def choose(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, library: Library) -> None:
    """Which organisation."""
    referral = await at_hand(visit, callback_data, Act.REFER_ONWARD)
    if referral is not None:
        page = int(callback_data.value) if callback_data.value.isdecimal() else 0
        await visit.replace(partners_view(referral, partners_of(referral, library), page))


async def ask_first(
    _press: CallbackQuery, callback_data: CaseDo, visit: Visit, library: Library, state: FSMContext
) -> None:
    """What the person would be asked."""
    referral = await at_hand(visit, callback_data, Act.REFER_ONWARD)
    partner = _partner(referral, callback_data.value, library)
    if referral is not None and partner is not None and await is_opened(visit, referral, state):
        await visit.replace(ask_first_view(referral, *partner))


async def ask(
    _press: CallbackQuery,
    callback_data: CaseDo,
    visit: Visit,
    library: Library,
    cards: Cards,
    state: FSMContext,
) -> None:
    """Ask the person in their language, in their chat."""
    referral = await at_hand(visit, callback_data, Act.REFER_ONWARD)
    partner = _partner(referral, callback_data.value, library)
    if referral is None or partner is None:
        return
    hint = asked_view(partner[1])
    try:
        onward = await ask_person(visit.work, visit.worker, referral.id, partner[0], now=visit.now)
    except NotSafe:
        hint = cannot_ask_view(referral)
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
        hint = ""
    else:
        await _put_question(visit, referral, onward, partner[1])
    await open_and_show(visit, referral.id, cards, state, replace=True, hint=hint)


async def show_text(
    _press: CallbackQuery, callback_data: OpenPartner, visit: Visit, library: Library, cards: Cards
) -> None:
    """The text to hand over; without a yes there is none."""
    if not visit.is_private:  # what a person told is never shown where others read along
        await refuse(visit, Act.REFER_ONWARD, None)
        return
    try:
        referral, onward = await tell_partner(visit.work, visit.worker, callback_data.onward, now=visit.now)
    except ConsentMissing:
        visit.toast(no_consent_view(), alert=True)
    except Forbidden:
        await refuse(visit, Act.REFER_ONWARD, None)
    else:
        provider = library.content.providers.get(onward.provider)
        contacts = [each.value for each in provider.contacts] if provider else []
        name = cards.provider(onward.provider)
        with speaking(DEFAULT):  # partners here read Lithuanian
            await visit.show(partner_text_view(referral, onward, name, contacts))


def partners_of(referral: Referral, library: Library) -> list[tuple[str, str]]:
    """The organisations that give the case's entry, or its topic, in its area; ids with names, by name."""
    entries = {referral.entry_id} if referral.entry_id else _entries_of(referral.topic, library)
    found = [
        (partner, each.name)
        for partner, each in library.content.providers.items()
        if entries & set(each.entries) and (referral.area is None or referral.area in each.areas)
    ]
    return sorted(found, key=lambda pair: pair[1])


def _entries_of(topic: str, library: Library) -> set[str]:
    return {entry.id for entry in library.entries if topic in entry.topics}


def _partner(referral: Referral | None, name: str, library: Library) -> tuple[str, str] | None:
    """The organisation of a button, among those that may be chosen."""
    offered = [] if referral is None else partners_of(referral, library)
    return next((pair for pair in offered if short(pair[0]) == name), None)


async def _put_question(visit: Visit, referral: Referral, onward: Onward, name: str) -> None:
    person = await visit.work.persons.get(referral.person_id)
    with speaking(person.language or DEFAULT):
        is_discreet = referral.details.discreet  # the question stands behind the button
        screen = discreet_news_view(referral) if is_discreet else question_view(referral, onward, name)
        parameters = screen.parameters()
    await visit.work.outbox.put(person.telegram_id, SEND, parameters=parameters, now=visit.now)

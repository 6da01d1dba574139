"""What a person agreed to: the list, and one tap to give or take back what is optional."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.privacy import Agree
from bot.middlewares import command
from bot.views.consents import consents_view, purpose_text
from bot.views.privacy import VERSION
from bot.views.screen import Screen
from bot.views.start import outdated_button_view
from bot.visit import Visit
from referrals.consent import OPTIONAL, Consent, Notice, Purpose
from referrals.news import Happened, News
from referrals.referral import OPEN


def setup() -> Router:
    """Routes of the list."""
    router = Router(name="consents")
    router.message.register(consents, command("consent"))
    router.callback_query.register(agree, Agree.filter())
    return router


async def consents(_message: Message, visit: Visit) -> None:
    """Every yes that holds."""
    await visit.show(await _list(visit))


async def agree(_press: CallbackQuery, callback_data: Agree, visit: Visit) -> None:
    """A yes is kept with the digest of its sentence; a no ends every yes to the purpose at once."""
    if callback_data.purpose not in set(OPTIONAL):
        await visit.show(outdated_button_view())
        return
    purpose = Purpose(callback_data.purpose)
    has = await visit.work.consents.has(visit.person.id, purpose)
    if not callback_data.yes:
        await visit.work.consents.withdraw_all(visit.person.id, purpose, visit.now)
    elif not has:
        notice = Notice(purpose_text(purpose), VERSION, visit.language)
        await visit.work.consents.give(Consent(visit.person.id, purpose, notice, visit.now))
    if purpose is Purpose.CALLS:
        await _allow_calls(visit, allowed=callback_data.yes)
    await visit.replace(await _list(visit))


async def _allow_calls(visit: Visit, *, allowed: bool) -> None:
    """Workers see it in each open request that has a phone."""
    for referral in await visit.work.holds.of_person(visit.person.id):
        details = referral.details
        if referral.status in OPEN and details.phone and details.may_call is not allowed:
            referral.details = replace(details, may_call=allowed)
            news = News(Happened.CONTACT_CHANGED, referral, visit.now)
            await visit.work.referrals.save_details(referral, news)
            visit.work.news.append(news)


async def _list(visit: Visit) -> Screen:
    referrals = {each.id: each for each in await visit.work.holds.of_person(visit.person.id)}
    given = [each for each in await visit.work.consents.of_person(visit.person.id) if each.holds]
    sent = [
        (referrals[each.referral_id].reference, each.given_at)
        for each in given
        if each.purpose is Purpose.REFERRAL and each.referral_id in referrals
    ]
    since = {each.purpose: each.given_at for each in reversed(given) if each.purpose in OPTIONAL}
    calls = [
        each.requested_at
        for each in referrals.values()
        if each.status in OPEN and each.details.phone and each.details.may_call
    ]
    if calls:  # said in the form, request by request
        since.setdefault(Purpose.CALLS, min(calls))
    return consents_view(sent, since)

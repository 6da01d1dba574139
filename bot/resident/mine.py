"""A person's own referrals."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons import Go
from bot.buttons.mine import ShowReferral, Withdraw
from bot.middlewares import command
from bot.resident import coming, contact, writing
from bot.resident.standings import Standings
from bot.resident.waiting import waiting_questions
from bot.staff.cards import Cards
from bot.views.mine import mine_view, referral_view, withdrawn_view
from bot.views.start import outdated_button_view
from bot.visit import Visit
from referrals.actions import withdraw
from referrals.errors import Forbidden, NotAllowed
from referrals.referral import Referral, ReferralId


def setup() -> Router:
    """Routes of the list and of one referral, and of what can be done with it, before the form's."""
    router = Router(name="mine")
    router.include_routers(writing.setup(), coming.setup(), contact.setup())
    router.message.register(mine, command("mine"))
    router.callback_query.register(mine, Go.filter(F.to == "mine"))
    router.callback_query.register(show, ShowReferral.filter())
    router.callback_query.register(withdraw_it, Withdraw.filter())
    return router


async def mine(_event: Message | CallbackQuery, visit: Visit) -> None:
    """All of them, newest first."""
    referrals = await visit.work.referrals.of_person(visit.person.id)
    draft = await visit.work.drafts.find(visit.person.id)
    await visit.show(mine_view(referrals, has_draft=draft is not None))


async def show(
    _press: CallbackQuery,
    callback_data: ShowReferral,
    visit: Visit,
    cards: Cards,
    standings: Standings,
    state: FSMContext,
) -> None:
    """One of them; anybody else's is no different from none. A message that was begun is let go."""
    await state.set_state(None)
    referral = await visit.work.referrals.find(ReferralId(callback_data.referral))
    if referral is None or referral.person_id != visit.person.id:
        await visit.show(outdated_button_view())
        return
    await _show(visit, referral, cards, standings)
    for screen in await waiting_questions(visit, referral, cards):
        await visit.show(screen)


async def withdraw_it(
    _press: CallbackQuery, callback_data: Withdraw, visit: Visit, cards: Cards, standings: Standings
) -> None:
    """Withdraw in one tap; no reason is asked."""
    referral_id = ReferralId(callback_data.referral)
    try:
        referral = await withdraw(visit.work, visit.person, referral_id, now=visit.now)
    except Forbidden:
        await visit.show(outdated_button_view())
    except NotAllowed:  # the button is older than the present state: show that
        present = await visit.work.referrals.find(referral_id)
        if present is not None:
            await _show(visit, present, cards, standings)
    else:
        await visit.replace(withdrawn_view(referral))


async def _show(visit: Visit, referral: Referral, cards: Cards, standings: Standings) -> None:
    kind = cards.about(referral, visit.language)
    await visit.replace(referral_view(await standings.make(visit, referral), kind))

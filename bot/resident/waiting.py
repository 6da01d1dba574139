"""Questions that wait for a person's answer, for whoever was told only that there is news."""

from __future__ import annotations

from bot.staff.cards import Cards
from bot.views.followup import did_it_help_view
from bot.views.partners import question_view
from bot.views.screen import Screen
from bot.visit import Visit
from referrals.referral import OPEN, Referral


async def waiting_questions(visit: Visit, referral: Referral, cards: Cards) -> list[Screen]:
    """What stands behind a discreet "there is news": nobody else has to look for it."""
    if not referral.details.discreet:
        return []
    screens = []
    if referral.status in OPEN:
        asked = [each for each in await visit.work.onwards.of(referral.id) if each.answered_at is None]
        newest = {each.provider: each for each in asked}
        screens += [question_view(referral, each, cards.provider(each.provider)) for each in newest.values()]
    follow_up = await visit.work.follow_ups.find(referral.id)
    if follow_up is not None and follow_up.is_waiting:
        screens.append(did_it_help_view(referral))
    return screens
